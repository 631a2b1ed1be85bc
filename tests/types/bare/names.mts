// What a program without fetch of its own can name.

import type { LiveDeskOptions, Message } from "engagelab-livedesk";

export type FetchInit = Parameters<NonNullable<LiveDeskOptions["fetch"]>>[1];
export type { Message };
