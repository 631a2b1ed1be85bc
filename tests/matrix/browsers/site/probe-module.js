// A module as worker: whether this browser has such workers at all.

import { onAsked } from "./asked.js";

onAsked(() => "here");
