// A file that a row may not have: trying again changes nothing.

export class Refused extends Error {
  get name() {
    return "Refused";
  }
}
