// What every part of the page can see and do.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Finding } from '../model/findings';
import type { Members } from '../model/json';
import type { Schema } from '../model/schema';
import type { Draft } from '../model/settings';
import type { Language, Words } from '../words';

export interface Org {
  simulated: boolean;
  domain: string | null;
  connection: string | null;
}

export interface Followed {
  findings: Finding[];
  tool: Members | null;
  plan: Members | null;
  refused: Finding[];
}

export interface Page {
  draft: Draft;
  /** `what` names the thing that changes: quick changes of one thing are undone together. */
  change(what: string, next: (draft: Draft) => Draft): void;
  language: Language;
  words: Words;
  form: Schema;
  followed: Followed;
  org: Org;
  /** After a log-in. */
  onOrg(org: Org): void;
  /** The callback URL of a log-in; none where there can be no log-in. */
  callback: string | null;
  /** Rows that the author has not left yet: what they lack is not a mistake so far. */
  fresh: ReadonlySet<number>;
  /** Said to screen readers. */
  say(text: string): void;
  /** Names of the variables that there are. */
  variables: string[];
}

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('a part outside of the page');
  return page;
}
