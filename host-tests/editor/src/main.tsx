import { render } from 'preact';
import { Problem, start } from './api';
import { App } from './parts/App';
import { WORDS } from './words';

const page = document.getElementById('page');
if (page) {
  start().then(
    (answer) => render(<App start={answer} />, page),
    (error: unknown) => {
      const code = error instanceof Problem ? error.code : '';
      page.textContent = WORDS.en.problem[code] ?? String(error);
    },
  );
}
