/** What backend and emulator say when they are ready; `endpoint` is the backend's. */
export interface Place {
  endpoint: string;
  connect: string;
  s3: string;
  control: string;
  instanceId: string;
  caseArn: string;
  secondCaseArn: string;
  contactArn: string;
  region: string;
  accountId: string;
  domainId: string;
  accessKeyId: string;
  secretAccessKey: string;
}

export interface Program<Said> {
  said: Said;
  end(): Promise<void>;
  kill(): Promise<void>;
}

type Env = Record<string, string>;

export function start(name: 'emulator' | 'backend', args: string[], env?: Env): Promise<Program<Place>>;
export function start(name: 'xtask', args: string[], env?: Env): Promise<Program<{ origin: string }>>;
