// Starts the programs under test. `cargo xtask test` names them; by hand the ones of the debug build are taken.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const built = (name) => fileURLToPath(new URL(`../../target/debug/${name}`, import.meta.url));

const programs = {
  emulator: () => process.env.EMULATOR_BIN || built('attached-files-emulator'),
  backend: () => process.env.BACKEND_BIN || built('attached-files-backend'),
  xtask: () => process.env.XTASK_BIN || built('xtask'),
};

/**
 * Starts a program that says in its first line, as JSON, where it listens. It ends with `end()`, at once with
 * `kill()`, and with this process at the latest.
 *
 * @param {'emulator' | 'backend' | 'xtask'} name
 * @param {string[]} args
 * @param {Record<string, string>} [env] added to this process's own
 */
export async function start(name, args, env = {}) {
  const path = programs[name]();
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const kill = () => child.kill('SIGKILL');
  process.on('exit', kill);
  const ended = once(child, 'exit').then(() => process.off('exit', kill));
  let complaints = '';
  child.stderr.on('data', (text) => (complaints += text));
  const line = new Promise((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('error', (error) => reject(new Error(`${path}: ${error.message}`)));
    child.once('exit', () => reject(new Error(`${path} ended before it was ready:\n${complaints}`)));
  });
  const said = JSON.parse(await line);
  const by = (signal) => async () => {
    child.kill(signal);
    await ended;
  };
  return { said, end: by('SIGTERM'), kill: by('SIGKILL') };
}
