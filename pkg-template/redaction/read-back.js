// A snapshot's text (`host/tagged.js`), read back where an error needs to know what its call said. Most calls never do,
// so none keeps more than the text.

/**
 * The value: a number as its digits, a file as `{ name }`, and what JSON cannot carry as undefined.
 * @param {string} text
 * @returns {unknown}
 */
export function readBack(text) {
  let at = 0;
  const upTo = () => {
    const from = at;
    at = text.indexOf(";", from) + 1;
    return text.slice(from, at - 1);
  };
  const word = () => {
    const length = Number(upTo());
    at += length;
    return text.slice(at - length, at);
  };
  /** @returns {unknown} */
  const value = () => {
    at += 1;
    switch (text[at - 1]) {
      case "t":
      case "f":
        return text[at - 1] === "t";
      case "n":
        return null;
      case "i":
        return upTo();
      case "m":
        return `-${upTo()}`;
      case "d":
        return String(
          new Float64Array(new Uint32Array([Number(upTo()), Number(upTo())].reverse()).buffer)[0],
        );
      case "s":
        return word();
      case "[":
        return Array.from({ length: Number(upTo()) }, value);
      case "{": {
        // Here `__proto__` is a name like any other.
        const fields = Object.create(null);
        for (let left = Number(upTo()); left > 0; left -= 1) fields[word()] = value();
        return fields;
      }
      case "b":
        upTo();
        upTo();
        word();
        return { name: value() };
      case "x":
        word();
    }
  };
  return value();
}
