// In a mark's place: the worker's lock is another's by now.

export const LOST = "!";
