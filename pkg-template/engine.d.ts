// Imported for its effect: the engine is there from the beginning, and no call and no `preload()` loads it later.
// Module service workers need it, since they know no import(); so does a page that may be offline at its first call.

export {};
