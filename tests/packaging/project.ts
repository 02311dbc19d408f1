// A tiny project of somebody else's, with the packed package installed as from the registry.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const dist = fileURLToPath(new URL('../../pkg/dist', import.meta.url));

export interface Packed {
  tarball: string;
  /** Paths in the tarball. */
  files: string[];
  /** Bytes of the tarball. */
  size: number;
}

/** What `npm publish` would send. */
export async function pack(folder: string): Promise<Packed> {
  await mkdir(folder, { recursive: true });
  const { stdout } = await run('npm', ['pack', dist, '--json', '--pack-destination', folder]);
  const [packed] = JSON.parse(stdout);
  return {
    tarball: join(folder, packed.filename),
    files: packed.files.map((file: { path: string }) => file.path).sort(),
    size: packed.size,
  };
}

/** A project in a folder of its own, outside this repository so that nothing is found by accident. */
export class Project {
  private constructor(readonly root: string) {}

  static async make(tarball: string, files: Record<string, string>): Promise<Project> {
    const project = new Project(await mkdtemp(join(tmpdir(), 'attached-files-')));
    await project.write({
      'package.json': JSON.stringify({ name: 'somebody', private: true, type: 'module' }),
      ...files,
    });
    await project.run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball]);
    return project;
  }

  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  async write(files: Record<string, string>) {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(this.path(name)), { recursive: true });
      await writeFile(this.path(name), text);
    }
  }

  /** Runs a program in the project; what it says comes back, also when it fails. */
  async run(program: string, args: string[]): Promise<{ code: number; output: string }> {
    try {
      const { stdout, stderr } = await run(program, args, { cwd: this.root });
      return { code: 0, output: stdout + stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, output: `${stdout}${stderr}` };
    }
  }

  /** Names of all files below a folder of the project. */
  async below(folder: string): Promise<string[]> {
    const entries = await readdir(this.path(folder), { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  }

  async end() {
    await rm(this.root, { recursive: true, force: true });
  }
}
