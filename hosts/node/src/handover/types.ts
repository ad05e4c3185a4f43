// What a chat with a person takes and gives, in the shapes of JSON. wit/handover.wit is the manual.

import type {
  ChosenOption,
  EndedBy,
  Finding,
  JsonObject,
  OfferedOption,
  Participant,
  Phase,
  RecordError,
  SentFile,
  SharedFile,
} from '../generated/types.js';

/** What holds for every answer about a chat. */
export interface ChatProgress {
  /**
   * What is known of the chat: store it with the conversation before anything else, and pass the newest one. It holds the visitor's token:
   * never log it, and give it to no browser. `null` only where no chat was opened.
   */
  chat: string | null;
  phase: Phase;
  /** What the visitor can be told about the phase, by language. */
  texts: Record<string, string>;
  /** What the settings' `store` asks for. */
  variables: JsonObject;
  requests: number;
  /** How long to wait before the next call, where Salesforce asks for it. */
  retryAfterSeconds: number | null;
  findings: Finding[];
}

/** The answer of `start`, `send` and `end`. */
export interface Handed extends ChatProgress {
  /**
   * `sent`: Salesforce has it, once. `failed`: it has it not. `unknown`: it may have arrived; call again with `again`, or with the chat of this
   * answer to `start`, and the module looks before it sends anything once more.
   */
  outcome: 'sent' | 'unknown' | 'failed';
  error: RecordError | null;
}

/** The answer of `receive`. */
export interface Received extends ChatProgress {
  /** In the order in which they happened, each once. The visitor's own messages are not among them. */
  events: ChatEvent[];
  /** Why there may be more that could not be read. The next call catches up. */
  error: RecordError | null;
}

/** What happened: one member names it. `at` is RFC 3339, where Salesforce says when. */
export type ChatEvent = { at?: string } & (
  | { joined: Participant }
  /** Not the end: where the chat goes from here, the phase says. */
  | { left: Participant }
  | { message: IncomingMessage }
  /** How many chats are before this one. */
  | { queue: number }
  | { typing: boolean }
  /** Nobody takes the chat, with the org's own words: for the administrator. */
  | { refused: string | null }
  | { ended: EndedBy }
);

/** A message that is not the visitor's. */
export type IncomingMessage = { id: string; author: Participant } & (
  | { text: string; options?: never }
  | { files: SharedFile[] }
  /** A question; an answer to it is a `choice`. */
  | { text: string; options: OfferedOption[] }
  /** A kind that only Salesforce's own chat window shows. */
  | { unsupported: string }
);

/** What a visitor sends. */
export type OutgoingMessage = {
  /** The engine's own name of the message, another one for each message of the chat. */
  key: string;
  /** What became of an earlier call with this key is not known: the module looks before it sends. */
  again?: boolean | undefined;
} & ({ text: string } | { choice: ChosenOption } | { file: SentFile });
