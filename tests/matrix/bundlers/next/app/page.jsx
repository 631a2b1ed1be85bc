// A server component around one that sends from the page.

import { Sender } from "./sender";

export default function Page() {
  return <Sender />;
}
