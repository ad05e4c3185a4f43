// What keys and clicks do wherever they are on the page.
import { useEffect } from 'preact/hooks';
import { type Draft, rows } from '../model/settings';

export function useUndoKeys(go: (isRedo: boolean) => void) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z';
      const isRedo = (event.ctrlKey || event.metaKey) && (event.key.toLowerCase() === 'y' || (event.shiftKey && isUndo));
      if (!isUndo && !isRedo) return;
      event.preventDefault();
      go(isRedo);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Rows that are begun and left are fresh no more. */
export function useLeftRows(draft: Draft, setFresh: (next: (before: ReadonlySet<number>) => ReadonlySet<number>) => void) {
  useEffect(() => {
    // After the click or the key has done its work: a remark that appears on the way would move the button from under the pointer.
    const look = () =>
      setTimeout(() => {
        const here = Number(document.activeElement?.closest<HTMLElement>('.row')?.dataset.key);
        const isBegun = (key: number) => Object.keys(rows(draft.settings)[draft.keys.indexOf(key)] ?? {}).length > 0;
        setFresh((before) => {
          const still = new Set([...before].filter((key) => key === here || !isBegun(key)));
          return still.size === before.size ? before : still;
        });
      });
    addEventListener('click', look);
    addEventListener('keyup', look);
    return () => {
      removeEventListener('click', look);
      removeEventListener('keyup', look);
    };
  }, [draft]);
}
