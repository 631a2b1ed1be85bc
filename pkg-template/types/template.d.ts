/** What JSON.stringify asks for its text: a Date, a URL, a decimal of a library. */
export interface JsonSource {
  toJSON(key: string): unknown;
}

/**
 * Variables by position (`"1"`, `"2"`, ... without a gap) or by name, as the template was made. A value is not
 * blank, has no line break or tab, and at most 4 spaces in a row; `undefined` and `null` are refused. Of an object with
 * `toJSON` what that gives is the value.
 */
export type TemplateVariables = Readonly<Record<string, string | number | bigint | JsonSource>>;

/** A language of Meta's list, for completion; another one is passed on, with a warning. */
export type TemplateLanguage =
  | "af"
  | "ar"
  | "ar_AE"
  | "ar_EG"
  | "ar_LB"
  | "ar_MA"
  | "ar_QA"
  | "ar_SA"
  | "az"
  | "bg"
  | "bn"
  | "ca"
  | "cs"
  | "da"
  | "de"
  | "el"
  | "en"
  | "en_AU"
  | "en_CA"
  | "en_GB"
  | "en_IN"
  | "en_US"
  | "es"
  | "es_AR"
  | "es_CL"
  | "es_CO"
  | "es_ES"
  | "es_MX"
  | "es_PE"
  | "es_VE"
  | "et"
  | "fa"
  | "fi"
  | "fil"
  | "fr"
  | "fr_BE"
  | "fr_CA"
  | "ga"
  | "gu"
  | "ha"
  | "he"
  | "hi"
  | "hr"
  | "hu"
  | "id"
  | "it"
  | "ja"
  | "ka"
  | "kk"
  | "kn"
  | "ko"
  | "ky_KG"
  | "lo"
  | "lt"
  | "lv"
  | "mk"
  | "ml"
  | "mr"
  | "ms"
  | "nb"
  | "nl"
  | "pa"
  | "pl"
  | "pt_BR"
  | "pt_PT"
  | "ro"
  | "ru"
  | "rw_RW"
  | "sk"
  | "sl"
  | "sq"
  | "sr"
  | "sv"
  | "sw"
  | "ta"
  | "te"
  | "th"
  | "tr"
  | "uk"
  | "ur"
  | "uz"
  | "vi"
  | "zh_CN"
  | "zh_HK"
  | "zh_TW"
  | "zu"
  | (string & {});

/** Which template, and what fills it. */
export interface TemplateParams {
  /** The template's name: 1 to 512 of `a-z`, `0-9` and `_`. */
  name: string;
  /** The template's namespace, where an account still has one. */
  namespace?: string | null | undefined;
  /** The language and perhaps a country: `en`, `en_US`; with a warning, if it is not in Meta's list. */
  language: TemplateLanguage;
  /** Passed on as it is; with a warning, if it is none of these. */
  category?: "MARKETING" | "UTILITY" | "AUTHENTICATION" | (string & {}) | null | undefined;
  /** The body's variables, at most 32,768 characters each. */
  processed_params?: TemplateVariables | null | undefined;
  header_params?: HeaderParams | null | undefined;
  /** LiveDesk documents variables for the footer; Meta's own API takes none. At most 60 characters each. */
  footer_params?: { text_variables?: TemplateVariables | null | undefined } | null | undefined;
  /** At most 10, of which 2 `url`. */
  button_params?: readonly ButtonParams[] | null | undefined;
}

/** The header's variable, media or place; `type` tells which. */
export type HeaderParams = TextHeader | MediaHeader | DocumentHeader | LocationHeader;

/** A text header, with its variable if it has one. */
export interface TextHeader {
  type: "text";
  /** One variable of at most 60 characters. Default: none. */
  text_variables?: TemplateVariables | null | undefined;
}

/** An image or a video. */
export interface MediaHeader {
  type: "image" | "video";
  /** An absolute address that Meta can load, at most 2,000 characters. */
  media_url: string;
}

/** A document. */
export interface DocumentHeader {
  type: "document";
  /** An absolute address that Meta can load, at most 2,000 characters. */
  media_url: string;
  /** The name that is shown. Default: none. */
  filename?: string | null | undefined;
}

/** A place on the map. */
export interface LocationHeader {
  type: "location";
  location: {
    /** Degrees, -90 to 90. */
    latitude: number;
    /** Degrees, -180 to 180. */
    longitude: number;
    /** What the place is called. Default: none. */
    name?: string | null | undefined;
    /** Where it is, in words. Default: none. */
    address?: string | null | undefined;
  };
}

/** The value of one button; `sub_type` tells what it does. */
export type ButtonParams = UrlButton | QuickReplyButton;

/** Opens an address. */
export interface UrlButton {
  /** The button's place in the template, 0 to 9; each is given once. */
  index: number;
  sub_type: "url";
  /**
   * What takes the place of the address's variable, at most 2,000 characters; not `undefined`. Default: none, with a
   * warning: an address with a variable cannot do without (131008).
   */
  text?: string | number | bigint | JsonSource;
}

/** Answers with a tap. */
export interface QuickReplyButton {
  /** The button's place in the template, 0 to 9; each is given once. */
  index: number;
  sub_type: "quick_reply";
  /**
   * Comes back with the customer's answer; 1 to 256 characters, not blank; not `undefined`. Default: none, with a warning.
   */
  payload?: string;
}
