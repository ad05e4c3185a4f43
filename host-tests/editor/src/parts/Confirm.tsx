// The question before a run writes to a real org.
import { useEffect, useRef } from 'preact/hooks';
import { usePage } from './page';

export function Confirm({ domain, onAnswer }: { domain: string; onAnswer(isYes: boolean): void }) {
  const { words } = usePage();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby="confirm-heading" onCancel={() => onAnswer(false)}>
      <h2 id="confirm-heading">{words.confirmHeading}</h2>
      <p>{words.confirm(domain)}</p>
      <p class="tools">
        <button type="button" class="main" onClick={() => onAnswer(true)}>
          {words.yesRun}
        </button>
        <button type="button" onClick={() => onAnswer(false)}>
          {words.cancel}
        </button>
      </p>
    </dialog>
  );
}
