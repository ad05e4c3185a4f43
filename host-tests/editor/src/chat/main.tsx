import { render } from 'preact';
import { Chat } from './Chat';

const page = document.getElementById('page');
if (page) render(<Chat />, page);
