// What a person has to put right before anything is sent.

/** Nothing was sent; its message says why, without any cell's content. */
export class Refused extends Error {}
