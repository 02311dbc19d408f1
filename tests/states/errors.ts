// Every error a row can show, each with its sentence and its way out: a file per error, named by its code.
import { REFUSED_REQUEST, expect } from '../browser/bench.ts';
import { driveTime } from '../browser/time.ts';
import type { Operation } from '../support/control.mjs';
import type { Parts, State } from './state.ts';

interface Answer {
  status: number;
  code: string;
  reason?: Record<string, string>;
}

const invalid = (reason?: string): Answer => ({
  status: 400,
  code: 'InvalidRequestException',
  ...(reason && { reason: { AttachedFileInvalidRequestExceptionReason: reason } }),
});
const quota = (reason?: string): Answer => ({
  status: 402,
  code: 'ServiceQuotaExceededException',
  ...(reason && { reason: { AttachedFileServiceQuotaExceededExceptionReason: reason } }),
});

/** Of Connect when an upload starts. */
const OF_CONNECT: Record<string, Answer> = {
  unauthenticated: { status: 401, code: 'AccessDeniedException' },
  access_denied: { status: 403, code: 'AccessDeniedException' },
  invalid_file_size: invalid('INVALID_FILE_SIZE'),
  invalid_file_type: invalid('INVALID_FILE_TYPE'),
  invalid_file_name: invalid('INVALID_FILE_NAME'),
  invalid_request: invalid(),
  not_found: { status: 404, code: 'ResourceNotFoundException' },
  conflict: { status: 409, code: 'ResourceConflictException' },
  total_file_size_exceeded: quota('TOTAL_FILE_SIZE_EXCEEDED'),
  total_file_count_exceeded: quota('TOTAL_FILE_COUNT_EXCEEDED'),
  quota_exceeded: quota(),
};

/** Of S3 when the bytes come. */
const OF_THE_STORAGE: Record<string, Answer> = {
  signature_mismatch: { status: 403, code: 'SignatureDoesNotMatch' },
  storage_denied: { status: 403, code: 'AccessDenied' },
  storage_refused: { status: 400, code: 'InvalidArgument' },
};

/** What is tried again until patience ends. */
const IN_THE_END: Record<string, [Operation, Answer]> = {
  throttled: ['StartAttachedFileUpload', { status: 429, code: 'ThrottlingException' }],
  service_error: ['StartAttachedFileUpload', { status: 500, code: 'InternalServiceException' }],
  storage_error: ['PutObject', { status: 500, code: 'InternalError' }],
};

async function refused({ open, control }: Parts, operation: Operation, answers: Record<string, Answer>) {
  await control.set({ rateLimited: false });
  for (const [code, answer] of Object.entries(answers)) {
    await control.fault(operation, { kind: 'status', ...answer }, { fileName: `${code}.txt`, times: null });
  }
  const widget = await open();
  // One after the other, so that they stand in this order.
  for (const code of Object.keys(answers)) {
    await widget.attach(`${code}.txt`, 'x', 'error');
    await expect(widget.live, 'told by itself').toContainText(`${code}.txt not uploaded`);
    expect((await widget.item(`${code}.txt`))?.error?.code).toBe(code);
  }
  return widget;
}

export const errors: State[] = [
  {
    name: 'errors of Connect',
    expected: [REFUSED_REQUEST],
    bring: (parts) => refused(parts, 'StartAttachedFileUpload', OF_CONNECT),
  },
  {
    name: 'errors of the storage',
    expected: [REFUSED_REQUEST],
    bring: (parts) => refused(parts, 'PutObject', OF_THE_STORAGE),
  },
  ...Object.entries(IN_THE_END).map(([code, [operation, answer]]) => ({
    name: `error ${code}`,
    expected: [REFUSED_REQUEST],
    bring: async ({ open, control, page }: Parts) => {
      await control.fault(operation, { kind: 'status', ...answer }, { times: null });
      const time = await driveTime(page);
      const widget = await open();
      await widget.pick({ name: 'a.txt', content: 'x' });
      await expect
        .poll(async () => {
          await time.pass(60_000, { step: 5_000 });
          return (await widget.item('a.txt'))?.error?.code;
        }, { timeout: 30_000 })
        .toBe(code);
      return widget;
    },
  })),
];
