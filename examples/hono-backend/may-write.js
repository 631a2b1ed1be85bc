// Who may write where. Here sessions are in a list; yours are where your sign-in keeps them.

const SESSIONS = { "session-of-ada": { user: "ada", conversations: [141, 260] } };

export function mayWrite(request, conversationId) {
  const [, session] = /\bsession=([\w-]+)/.exec(request.headers.get("cookie") ?? "") ?? [];
  const known = Object.hasOwn(SESSIONS, session ?? "") ? SESSIONS[session] : undefined;
  return known?.conversations.includes(conversationId) ? { user: known.user } : false;
}
