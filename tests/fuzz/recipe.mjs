// What the fuzz generates: recipes of values rather than the values. Everything that looks at a hostile value,
// fast-check included, may fall over it; and a value made anew for every throw has nothing left from the last.

import fc from "fast-check";

/** How much of a value is printed when it has made a property fail. */
const SHOWN = 300;

/** A value to be: what a failure's report calls it, and how it is made. */
export class Recipe {
  constructor(name, make) {
    this.name = name;
    this.make = make;
  }

  [fc.toStringMethod]() {
    return String(this.name).slice(0, SHOWN);
  }
}

/** Recipes of plain values, which fast-check itself can print. */
export function plainly(arbitrary) {
  return arbitrary.map((value) => {
    const printed = {
      toString: () => fc.stringify(value),
    };
    return new Recipe(printed, () => value);
  });
}

/** One of several recipes, given as `{ name: make }`. */
export function oneOfThese(makers) {
  return fc.constantFrom(...Object.entries(makers).map(([name, make]) => new Recipe(name, make)));
}

/** A recipe of what `combine` makes of other recipes' values. */
export function combined(what, recipes, combine) {
  const name = {
    toString: () => `${what}(${recipes.map((recipe) => recipe[fc.toStringMethod]()).join(", ")})`,
  };
  return new Recipe(name, () => combine(...recipes.map((recipe) => recipe.make())));
}
