// In a page's bundle this stands in for watch.js, platform.js, guarded.js and cause.js (`browser` in package.json): no
// browser lets a call watch its requests, proves anything by what its fetch throws, or puts more into that than a
// sentence.

export const canWatch = () => false;
export const isNode = () => false;
export const isNative = () => false;
export const Watch = undefined;
export const turn = undefined;
export const guarded = undefined;
export const cleanCopy = undefined;
