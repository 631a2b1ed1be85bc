import type { Failure, Issue, Message } from "./answers.js";
import type {
  DocumentHeader,
  LocationHeader,
  MediaHeader,
  TemplateParams,
  TemplateVariables,
} from "./template.js";

/** One of these words in small or large letters, or one that Meta adds later. */
type Kind<Word extends string> = Word | Uppercase<Word> | (string & {});

/** What every form of a definition may say. */
interface DefinitionFields {
  /** Compared with the message's `name`. */
  name?: string;
  /** Compared with the message's `language`. */
  language?: string;
  /** Anything but `APPROVED`, in any case, is an error (`not_approved`); default: not looked at. */
  status?: Kind<"approved" | "pending" | "rejected" | "paused" | "disabled">;
  category?: Kind<"marketing" | "utility" | "authentication">;
  namespace?: string;
}

/** A template as Meta's Business API returns it, and as an inbox of Chatwoot's kind lists it. */
export interface MetaTemplate extends DefinitionFields {
  components: readonly TemplateComponent[];
  /** The texts tell it too. */
  parameter_format?: Kind<"positional" | "named">;
  [key: string]: unknown;
}

/** A part of a {@link MetaTemplate}. */
export interface TemplateComponent {
  type: Kind<"header" | "body" | "footer" | "buttons">;
  /** Of a header. */
  format?: Kind<"text" | "image" | "video" | "document" | "location">;
  /** With variables: `{{1}}` or `{{first_name}}`. */
  text?: string;
  buttons?: readonly TemplateButton[];
  [key: string]: unknown;
}

/** A button of a definition. */
export interface TemplateButton {
  /** Default: `url` with a `url`, `phone_number` with one, else `quick_reply`. */
  type?: Kind<"quick_reply" | "url" | "phone_number" | "otp">;
  /** What is written on it. */
  text?: string;
  /** May end with a variable: `https://shop.example/{{1}}`. */
  url?: string;
  phone_number?: string;
  [key: string]: unknown;
}

/** A definition in short: texts with `{{1}}` or `{{first_name}}`. */
export interface ShortTemplate extends DefinitionFields {
  /** A text, or the kind of another header: `{ type: "image" }`. Default: none. */
  header?:
    | string
    | { type: Kind<"text" | "image" | "video" | "document" | "location">; text?: string }
    | null;
  body: string;
  footer?: string | null;
  /** In the template's order. A text is a quick reply, or, when it is an address, a button that opens it. */
  buttons?: readonly (string | TemplateButton)[] | null;
}

/** What Meta approved; a text of at most 8,192 bytes. */
export type TemplateDefinition = MetaTemplate | ShortTemplate;

/**
 * A definition, or several of which the one of the message's `name` and `language` is taken: a list, Meta's answer
 * (`data`) or an inbox (`message_templates`).
 */
export type TemplateDefinitions =
  | TemplateDefinition
  | readonly TemplateDefinition[]
  | { data: readonly TemplateDefinition[] }
  | { message_templates: readonly TemplateDefinition[] };

/** Text, a variable, or what a mark of WhatsApp's makes of others. */
export type PreviewNode =
  | { type: "text"; text: string }
  /** `missing` where there is no value: then `text` is the variable as it is written. */
  | { type: "variable"; name: string; text: string; missing?: true }
  | { type: "bold" | "italic" | "strike" | "code" | "code_block"; children: PreviewNode[] }
  | { type: "bullets" | "numbers" | "quote"; lines: PreviewNode[][] };

/** A text of a template with its values. */
export interface PreviewText {
  /** All of it, WhatsApp's marks as they are written. At most about 64 KiB: a value beyond is left out as if missing. */
  text: string;
  /** The same as a tree; marks only in the body, where alone WhatsApp knows them. Show it with `white-space: pre-wrap`. */
  nodes: PreviewNode[];
}

/** A template as the customer will read it. */
export interface TemplatePreview {
  header:
    | ({ type: "text" } & PreviewText)
    | {
        type: "image" | "video" | "document" | (string & {});
        media_url: string | null;
        filename: string | null;
      }
    | { type: "location"; location: LocationHeader["location"] | null }
    | null;
  body: PreviewText;
  footer: PreviewText | null;
  buttons: PreviewButton[];
  /** What `validate` finds in these `template_params` with this definition. */
  issues: Issue[];
}

/** A button as the customer will see it. */
export interface PreviewButton {
  /** Its place, from 0. */
  index: number;
  type: "quick_reply" | "url" | "phone_number" | "otp" | (string & {});
  text: string;
  /** With its variable filled, if there is a value. */
  url?: string;
  phone_number?: string;
  /** What comes back with the customer's answer. */
  payload?: string;
}

/** What a webhook told of a message. */
export interface WebhookEvent {
  event: "message_created" | "message_updated";
  /** Its `status` is `sent` where the event names none. */
  message: Message;
  /** The conversation's number, for `retryMessage`; null where the event names none. */
  conversationId: number | string | null;
  /** Of a message that failed. */
  failure: Failure | null;
}

/** What a value of a template may be. */
type Value = TemplateVariables[string];

type Trim<Text extends string> = Text extends ` ${infer Rest}` | `${infer Rest} ` ? Trim<Rest> : Text;

/** The names of a text's variables. */
type Names<
  Text extends string,
  Found extends string = never,
> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Names<Rest, Found | Trim<Name>> : Found;

/** What a text asks for: of one that the compiler does not know letter by letter, anything. */
type Variables<Text> = Text extends string
  ? string extends Text
    ? TemplateVariables | undefined
    : [Names<Text>] extends [never]
      ? undefined
      : { readonly [Name in Names<Text>]: Value }
  : undefined;

type Component<Definition, Type extends string> = Definition extends { components: readonly (infer Part)[] }
  ? Extract<Part, { type: Type | Uppercase<Type> }>
  : never;

type TextOf<Part> = Part extends { text: infer Text } ? Text : undefined;

type HeaderOf<Part> = [Part] extends [never]
  ? undefined
  : Part extends string
    ? Variables<Part>
    : Part extends { format: infer Format extends string }
      ? HeaderValues<Format, Part>
      : Part extends { type: infer Type extends string }
        ? HeaderValues<Type, Part>
        : undefined;

type HeaderValues<Format extends string, Part> =
  Lowercase<Format> extends "image" | "video"
    ? Omit<MediaHeader, "type">
    : Lowercase<Format> extends "document"
      ? Omit<DocumentHeader, "type">
      : Lowercase<Format> extends "location"
        ? LocationHeader["location"]
        : Variables<TextOf<Part>>;

type ButtonsOf<Definition> = Definition extends { components: readonly unknown[] }
  ? Component<Definition, "buttons"> extends { buttons: infer Buttons }
    ? Buttons
    : readonly []
  : Definition extends { buttons: infer Buttons }
    ? Buttons
    : readonly [];

type UrlOf<Button> = Button extends string ? Button : Button extends { url: infer Url } ? Url : undefined;
type IsOtp<Button> = Button extends { type: "otp" | "OTP" } ? true : false;

/** The places of the buttons that cannot do without a value, and of the others that can have one. */
type Needed<Buttons> = {
  [Index in keyof Buttons & `${number}`]: IsOtp<Buttons[Index]> extends true
    ? Index
    : UrlOf<Buttons[Index]> extends `${string}{{${string}}}${string}`
      ? Index
      : never;
}[keyof Buttons & `${number}`];

type ButtonValues<Buttons> = number extends (Buttons extends readonly unknown[] ? Buttons["length"] : number)
  ? { readonly [index: number]: Value } | undefined
  : [Needed<Buttons>] extends [never]
    ? { readonly [Index in keyof Buttons & `${number}`]?: Value } | undefined
    : { readonly [Index in Needed<Buttons>]: Value } & {
        readonly [Index in Exclude<keyof Buttons & `${number}`, Needed<Buttons>>]?: Value;
      };

/** Fields that may be left out, where there is nothing to give. */
type Given<Fields> = { [Key in keyof Fields as undefined extends Fields[Key] ? never : Key]: Fields[Key] } & {
  [Key in keyof Fields as undefined extends Fields[Key] ? Key : never]?: Fields[Key];
};

/** Whether the compiler knows which part is which: of JSON that is imported it does not. */
type IsKnown<Definition> = Definition extends { components: readonly { type: infer Type }[] }
  ? string extends Type
    ? false
    : true
  : true;

type KnownValues<Definition> = Given<{
  body: Definition extends { body: infer Text }
    ? Variables<Text>
    : Variables<TextOf<Component<Definition, "body">>>;
  header: Definition extends { components: readonly unknown[] }
    ? HeaderOf<Component<Definition, "header">>
    : Definition extends { header: infer Header }
      ? HeaderOf<Header>
      : undefined;
  footer: Definition extends { footer: infer Text } ? Variables<Text> : undefined;
  buttons: ButtonValues<ButtonsOf<Definition>>;
}>;

/** The values of a template that the compiler does not know letter by letter. */
export interface AnyTemplateValues {
  body?: TemplateVariables | undefined;
  header?: TemplateVariables | Omit<DocumentHeader, "type"> | LocationHeader["location"] | undefined;
  footer?: TemplateVariables | undefined;
  /** By the buttons' places, from 0: the open part of an address, the payload of a quick reply. */
  buttons?: { readonly [index: number]: Value } | undefined;
}

/** The values that a template waits for, by its parts; see {@link AnyTemplateValues}. */
export type TemplateValues<Definition> =
  IsKnown<Definition> extends true ? KnownValues<Definition> : AnyTemplateValues;

/** What `defineTemplate` gives: fills the template. */
export interface DefinedTemplate<Definition> {
  (
    ...values: Record<string, never> extends TemplateValues<Definition>
      ? [values?: TemplateValues<Definition>]
      : [values: TemplateValues<Definition>]
  ): TemplateParams;
  /** What it was made of, for `requestOptions.definition`, `validate` and `previewTemplate`. */
  readonly definition: Definition;
}
