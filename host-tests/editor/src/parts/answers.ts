// What the component says while the author types: the form of the mode, and what it makes of the settings.
import { useEffect, useRef, useState } from 'preact/hooks';
import { call } from '../api';
import { members } from '../model/json';
import { asSchema, type Schema } from '../model/schema';
import { type Draft, isBlank, withStart } from '../model/settings';
import type { Language } from '../words';
import type { Followed, Org } from './page';

/** How long typing rests before the component is asked. */
const REST = 120;

const NOTHING: Followed = { findings: [], tool: null, plan: null, refused: [] };

export function useForm(mode: string, language: Language, names: string[], change: (what: string, next: (draft: Draft) => Draft) => void, failed: (error: unknown) => void): Schema {
  const [form, setForm] = useState<Schema>({});
  const shownForm = useRef('');
  useEffect(() => {
    const abort = new AbortController();
    // Each letter of an object's name is another record, until typing rests.
    const timer = setTimeout(() => {
      call('form', { mode, language, records: names }, abort.signal).then((answer) => {
        // A mode that there is not is a finding of `follow`, too.
        if (!answer.schema) return;
        setForm(asSchema(answer.schema));
        shownForm.current = `${mode} ${language}`;
        // What no one has filled in yet becomes what a new form of this mode begins with.
        change('mode', (before) => (isBlank(before.settings) ? withStart(before, members(answer.data)) : before));
      }, failed);
    }, shownForm.current === `${mode} ${language}` ? REST : 0);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [mode, language, names.join('\n')]);
  return form;
}

export function useFollowed({ settings, variables }: Draft, text: string | null, onOrg: (org: Org) => void, worked: () => void, failed: (error: unknown) => void): Followed {
  const [followed, setFollowed] = useState<Followed>(NOTHING);
  const org = useRef<string | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const asked = { settings: text ?? JSON.stringify(settings), variables: JSON.stringify(variables) };
      call('follow', asked, abort.signal).then((answer) => {
        setFollowed(answer as unknown as Followed);
        worked();
        // A tab that was asleep has heard of no other.
        const now = JSON.stringify(answer.org);
        if (org.current !== null && org.current !== now) onOrg(answer.org as unknown as Org);
        org.current = now;
      }, failed);
    }, REST);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [settings, variables, text]);
  return followed;
}
