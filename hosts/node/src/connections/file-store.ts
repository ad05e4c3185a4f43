// Connections as files: one each, readable by their owner only, replaced as a whole.

import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SalesforceHostError } from '../errors.js';
import { isCode, lock } from './lock.js';
import { fromJson, toJson, type Connection, type ConnectionStore } from './store.js';

/** A name is part of a path. */
const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** A folder of connections, in the form of `chat-host authorize`. It is for the processes of one machine, and of this package. */
export class FileStore implements ConnectionStore {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** The folder is made where it is missing, for its owner only. */
  static async open(folder: string): Promise<FileStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new FileStore(folder);
  }

  async load(name: string): Promise<Connection | null> {
    const path = this.#path(name, 'json');
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if (isCode(error, 'ENOENT')) return null;
      throw error;
    }
    const connection = fromJson(text);
    // Its text never gets into the message: the file is made of secrets.
    if (!connection) throw new SalesforceHostError('host', `${path} is not a connection: remove it and connect again.`);
    return connection;
  }

  async save(name: string, connection: Connection): Promise<void> {
    const [path, fresh] = [this.#path(name, 'json'), this.#path(name, 'new')];
    // What a crash left would lend its mode to the new file.
    await rm(fresh, { force: true });
    const file = await open(fresh, 'wx', 0o600);
    try {
      await file.writeFile(toJson(connection));
      // On the disk before it takes the old one's place: a crash leaves one of the two, never half of one.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, path);
    await this.#sync();
  }

  async remove(name: string): Promise<boolean> {
    const isThere = (await this.names()).includes(name);
    // What a crash left while writing is as secret as the rest.
    for (const ending of ['new', 'json']) await rm(this.#path(name, ending), { force: true });
    return isThere;
  }

  async names(): Promise<string[]> {
    const files = (await readdir(this.#folder)).filter((file) => file.endsWith('.json'));
    return files.map((file) => file.slice(0, -'.json'.length)).filter((name) => NAME.test(name)).sort();
  }

  async lock(name: string): Promise<() => Promise<void>> {
    return lock(this.#path(name, 'renewal'));
  }

  #path(name: string, ending: string): string {
    if (typeof name !== 'string' || !NAME.test(name)) {
      throw new SalesforceHostError('host', 'The name of a connection must be up to 64 letters, digits, `-` and `_`.');
    }
    return join(this.#folder, `${name}.${ending}`);
  }

  async #sync(): Promise<void> {
    // Windows opens no folders.
    if (process.platform === 'win32') return;
    const folder = await open(this.#folder);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}
