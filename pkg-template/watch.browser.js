// In place of watch.js in a page's bundle: no browser lets a call watch its requests.

export function canWatch() {
  return false;
}

export const Watch = undefined;
export const turn = undefined;
