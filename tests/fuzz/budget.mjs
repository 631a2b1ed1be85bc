// How many values each property throws. They are chosen so that the whole folder takes under a minute on two
// cores; totals.test.mjs holds them to the 100,000 that the folder is for.

export const LEAST = 100_000;

/** By the file that throws them: `<name>.test.mjs`. */
export const BUDGET = {
  options: { whole: 4000, fields: 8000, later: 3000 },
  arguments: { methods: 8000, functions: 8000, requestOptions: 10_000, self: 2000 },
  messages: { fields: 16_000, extra: 3000 },
  helpers: { validate: 5000, explainFailure: 5000, fileFromPath: 2500, constructors: 3000, instances: 3000 },
  bodies: { forms: 10_000, jsons: 3000, liquids: 3000 },
  knowledge: { previewTemplate: 4000, definitions: 3000, readWebhook: 4000, defineTemplate: 2000 },
  sandbox: { options: 2000, arguments: 2000, requests: 4000 },
  fetch: { gives: 6000, causes: 6000, events: 3000, authorization: 5000, signals: 4000 },
  answers: { parts: 6000, chunks: 4000, bodies: 6000 },
};

export function sum(numbers) {
  return Object.values(numbers).reduce((total, number) => total + number, 0);
}
