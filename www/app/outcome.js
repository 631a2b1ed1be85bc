// The answer to the one question a failed call leaves open, in words.

const WORDS = {
  not_sent: "Nothing was sent; sending again is safe.",
  rejected: "LiveDesk refused it; nothing was created.",
  failed: "The message is in the conversation, but its delivery failed.",
  unknown: "It may have been sent. Look at the conversation before you send it again.",
};

export function inWords(outcome) {
  return WORDS[outcome] ?? outcome;
}
