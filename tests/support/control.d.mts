export type Operation =
  | 'StartAttachedFileUpload'
  | 'CompleteAttachedFileUpload'
  | 'GetAttachedFile'
  | 'BatchGetAttachedFileMetadata'
  | 'DeleteAttachedFile'
  | 'DescribeAttachedFilesConfiguration'
  | 'SearchRelatedItems'
  | 'PutObject'
  | 'GetObject'
  | 'Preflight';

export interface StoredFile {
  fileId: string;
  fileName: string;
  fileSizeInBytes: number;
  status: string;
  associatedResourceArn: string;
  tags: Record<string, string>;
  key: string;
  stored: boolean;
}

export interface StoredObject {
  key: string;
  size: number;
  sha256: string;
  contentType: string | null;
  contentDisposition: string | null;
}

export interface LoggedRequest {
  operation: Operation;
  method: string;
  path: string;
  query: string;
  headers: Record<string, string>;
  status: number | null;
  error: string | null;
}

export type Fault =
  | { kind: 'delay'; ms: number }
  | {
      kind: 'status';
      status: number;
      code: string;
      message?: string;
      headers?: Record<string, string>;
      reason?: Record<string, string>;
    }
  | { kind: 'reset'; afterBytes?: number }
  | { kind: 'lostAnswer' }
  | { kind: 'expired' }
  | { kind: 'noCors' }
  | { kind: 'clockSkew'; ms: number }
  | { kind: 'stall'; afterBytes?: number }
  | { kind: 'shortBody'; bytes?: number };

/** `times` null is always; `after` lets so many calls through first. */
export interface When {
  times?: number | null;
  after?: number;
  fileName?: string;
}

export class Control {
  constructor(base: string);
  state(): Promise<{ now: number; files: StoredFile[]; calls: Partial<Record<Operation, number>> }>;
  calls(): Promise<Partial<Record<Operation, number>>>;
  files(): Promise<StoredFile[]>;
  objects(): Promise<StoredObject[]>;
  staged(): Promise<StoredObject[]>;
  requests(operation?: Operation): Promise<LoggedRequest[]>;
  advance(ms: number): Promise<{ now: number }>;
  settings(): Promise<Record<string, unknown>>;
  set(settings: Record<string, unknown>): Promise<unknown>;
  fault(operation: Operation | '*', fault: Fault, when?: When): Promise<{ id: number }>;
  faults(): Promise<{ operation: string; fault: Fault; fired: number }[]>;
  clearFaults(): Promise<unknown>;
  link(up: boolean): Promise<unknown>;
  reset(): Promise<unknown>;
}
