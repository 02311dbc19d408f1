// What only a live instance could tell (reference 7) is a setting of the emulator: the SDK meets each outcome.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import * as sdk from '@aws-sdk/client-connect';
import { SearchRelatedItemsCommand } from '@aws-sdk/client-connectcases';
import { open, put, rejection } from './bench.mjs';

let bench;
let connect;
let cases;
before(async () => {
  bench = await open();
  ({ connect, cases } = bench.ways['unsigned, through the backend']);
});
beforeEach(() => bench.reset());
after(() => bench?.end());

const resource = () => ({ InstanceId: bench.instanceId, AssociatedResourceArn: bench.caseArn });
const file = (FileId) => ({ ...resource(), FileId });

const start = (more = {}) =>
  connect.send(
    new sdk.StartAttachedFileUploadCommand({
      ...resource(),
      FileName: 'a.txt',
      FileSizeInBytes: 5,
      FileUseCaseType: 'ATTACHMENT',
      ...more,
    }),
  );
const complete = (id) => connect.send(new sdk.CompleteAttachedFileUploadCommand(file(id)));
const get = (id) => connect.send(new sdk.GetAttachedFileCommand(file(id)));
const remove = (id) => connect.send(new sdk.DeleteAttachedFileCommand(file(id)));
const batch = (FileIds) =>
  connect.send(new sdk.BatchGetAttachedFileMetadataCommand({ ...resource(), FileIds }));

async function listed() {
  const caseId = bench.caseArn.split('/').at(-1);
  const found = await cases.send(new SearchRelatedItemsCommand({ domainId: bench.domainId, caseId }));
  return found.relatedItems.map((item) => item.content.file.fileArn.split('/').at(-1));
}

/** A file as far as Complete. */
async function uploaded(name = 'a.txt') {
  const started = await start({ FileName: name });
  assert.equal((await put(started.UploadUrlMetadata, 'hello')).status, 200);
  await complete(started.FileId);
  return started.FileId;
}

describe('1. the headers to include', () => {
  const names = async (headersToInclude) => {
    await bench.control.set({ headersToInclude });
    const started = await start();
    assert.equal((await put(started.UploadUrlMetadata, 'hello')).status, 200);
    return Object.keys(started.UploadUrlMetadata.HeadersToInclude).sort();
  };

  it('are those of chat, few, without a type, or any others', async () => {
    assert.deepEqual(await names('chat'), [
      'Content-Disposition',
      'Content-Length',
      'Content-Type',
      'x-amz-acl',
      'x-amz-meta-account_id',
      'x-amz-meta-contact_id',
      'x-amz-meta-initial_contact_id',
      'x-amz-meta-organization_id',
    ]);
    assert.deepEqual(await names('minimal'), ['Content-Disposition', 'Content-Type']);
    assert.ok(!(await names('withoutContentType')).includes('Content-Type'));
    const kms = { 'X-Amz-Server-Side-Encryption': 'aws:kms', 'Content-Type': 'text/plain' };
    assert.deepEqual(await names(kms), ['Content-Type', 'X-Amz-Server-Side-Encryption']);
  });
});

describe('2. a file that was started and not completed', () => {
  for (const status of ['PROCESSING', 'PENDING_UPLOAD', 'DRAFTING']) {
    it(`has the status ${status}`, async () => {
      await bench.control.set({ statusBeforeComplete: status });
      const { FileId, FileStatus } = await start();
      const got = await get(FileId);
      const [one] = (await batch([FileId])).Files;
      assert.deepEqual([FileStatus, got.FileStatus, one.FileStatus], [status, status, status]);
      assert.equal(got.DownloadUrlMetadata, undefined);
    });
  }

  it('counts towards the quota, or not', async () => {
    await bench.control.set({ maxFilesPerResource: 1, pendingCounts: false });
    await start();
    await start();
    await bench.control.set({ pendingCounts: true });
    assert.ok((await rejection(start())) instanceof sdk.ServiceQuotaExceededException);
  });

  it('stays, or is forgotten', async () => {
    const { FileId } = await start();
    await bench.control.advance(86_400_000);
    await get(FileId);
    await bench.control.set({ abandonedAfterMs: 3_600_000 });
    assert.ok((await rejection(get(FileId))) instanceof sdk.ResourceNotFoundException);
  });
});

describe('3. Complete', () => {
  it('without an object is refused, or the file fails', async () => {
    const { FileId } = await start();
    assert.ok((await rejection(complete(FileId))) instanceof sdk.InvalidRequestException);
    await bench.control.set({ completeWithoutObject: 'accept' });
    await complete(FileId);
    await bench.control.advance(2000);
    assert.equal((await get(FileId)).FileStatus, 'FAILED');
  });

  it('with another size is refused with the reason, or the file fails', async () => {
    await bench.control.set({ headersToInclude: 'minimal' });
    const { FileId, UploadUrlMetadata } = await start();
    assert.equal((await put(UploadUrlMetadata, 'longer than five')).status, 200);
    const error = await rejection(complete(FileId));
    assert.deepEqual(error.Reason, { AttachedFileInvalidRequestExceptionReason: 'INVALID_FILE_SIZE' });
    await bench.control.set({ completeWithOtherSize: 'accept' });
    await complete(FileId);
    await bench.control.advance(2000);
    assert.equal((await get(FileId)).FileStatus, 'FAILED');
  });

  it('twice is fine, an invalid request, or a conflict that the model does not know', async () => {
    const id = await uploaded();
    await complete(id);
    await bench.control.set({ completeTwice: 'invalidRequest' });
    assert.ok((await rejection(complete(id))) instanceof sdk.InvalidRequestException);
    await bench.control.set({ completeTwice: 'conflict' });
    const error = await rejection(complete(id));
    assert.deepEqual([error.name, error.$metadata.httpStatusCode], ['ResourceConflictException', 409]);
  });
});

describe('4. a client token that was seen before', () => {
  const ClientToken = 'token';

  it('stands for its file, whatever the arguments', async () => {
    const first = await start({ ClientToken });
    const changed = await start({ ClientToken, FileName: 'b.txt' });
    assert.equal(changed.FileId, first.FileId);
    assert.equal((await get(first.FileId)).FileName, 'a.txt');
    assert.equal((await put(changed.UploadUrlMetadata, 'hello')).status, 200, 'its URL works');
  });

  it('is a conflict with other arguments', async () => {
    await bench.control.set({ tokenReplay: 'conflictOnChange' });
    const first = await start({ ClientToken });
    assert.equal((await start({ ClientToken })).FileId, first.FileId);
    const error = await rejection(start({ ClientToken, FileName: 'b.txt' }));
    assert.ok(error instanceof sdk.ResourceConflictException, error.name);
  });

  it('means nothing', async () => {
    await bench.control.set({ tokenReplay: 'newFile' });
    const first = await start({ ClientToken });
    assert.notEqual((await start({ ClientToken })).FileId, first.FileId);
  });
});

describe('5. Batch', () => {
  it('has any code for a file that is not there', async () => {
    const codes = [];
    for (const batchErrorCode of ['ResourceNotFoundException', 'FILE_NOT_FOUND']) {
      await bench.control.set({ batchErrorCode });
      const { Files, Errors } = await batch(['gone']);
      assert.deepEqual([Files, Errors[0].FileId], [[], 'gone']);
      codes.push(Errors[0].ErrorCode);
    }
    assert.deepEqual(codes, ['ResourceNotFoundException', 'FILE_NOT_FOUND']);
  });

  it('shows a rejected file as a file or as an error', async () => {
    const id = await uploaded('virus.txt');
    await bench.control.advance(2000);
    assert.equal((await batch([id])).Files[0].FileStatus, 'REJECTED');
    await bench.control.set({ batchRejected: 'error' });
    const { Files, Errors } = await batch([id]);
    assert.deepEqual([Files, Errors.map((error) => error.FileId)], [[], [id]]);
  });
});

describe('6. the case lists a file', () => {
  it('from Complete on, or from Start on', async () => {
    const { FileId, UploadUrlMetadata } = await start();
    assert.deepEqual(await listed(), []);
    await put(UploadUrlMetadata, 'hello');
    await complete(FileId);
    assert.deepEqual(await listed(), [FileId]);
    await bench.control.set({ relatedItemAppears: 'start' });
    const early = await start({ FileName: 'b.txt' });
    assert.deepEqual(await listed(), [FileId, early.FileId]);
  });

  it('until Delete, or a while longer', async () => {
    const [first, second] = [await uploaded(), await uploaded('b.txt')];
    await remove(first);
    assert.deepEqual(await listed(), [second]);
    await bench.control.set({ relatedItemLingersMs: 5000 });
    await remove(second);
    assert.deepEqual(await listed(), [second]);
    assert.equal((await batch([second])).Errors[0].FileId, second);
    await bench.control.advance(5000);
    assert.deepEqual(await listed(), []);
  });
});

describe('7. a name that is taken', () => {
  it('is no matter, or a conflict', async () => {
    await start();
    await start();
    await bench.control.set({ duplicateNames: 'conflict' });
    assert.ok((await rejection(start())) instanceof sdk.ResourceConflictException);
    await start({ FileName: 'b.txt' });
  });
});

describe('8. the bucket', () => {
  it('names itself in the path or in the host of its URLs', async () => {
    const path = new URL((await start()).UploadUrlMetadata.Url);
    await bench.control.set({ urlStyle: 'virtualHost' });
    const host = new URL((await start()).UploadUrlMetadata.Url);
    assert.ok(path.pathname.startsWith('/amazon-connect-emulated/'));
    assert.ok(host.hostname.startsWith('amazon-connect-emulated.'));
  });

  it('has CORS headers on its errors, or not', async () => {
    const { Url } = (await start()).UploadUrlMetadata;
    const allowed = async () => {
      const answer = await fetch(Url, { method: 'PUT', headers: { origin: 'http://a.example' } });
      assert.equal(answer.status, 403);
      return answer.headers.get('access-control-allow-origin');
    };
    assert.equal(await allowed(), '*');
    await bench.control.set({ s3CorsOnErrors: false });
    assert.equal(await allowed(), null);
  });
});

describe('9. the 256 of a file name', () => {
  for (const [nameUnit, kana, emoji] of [
    ['codePoints', true, true],
    ['utf16', true, false],
    ['bytes', false, false],
  ]) {
    it(`counts ${nameUnit}`, async () => {
      await bench.control.set({ nameUnit });
      const taken = async (name) => {
        const result = await start({ FileName: name }).catch((error) => error);
        return !(result instanceof sdk.InvalidRequestException);
      };
      assert.equal(await taken(`${'あ'.repeat(252)}.txt`), kana);
      assert.equal(await taken(`${'😀'.repeat(252)}.txt`), emoji);
      assert.equal(await taken(`${'a'.repeat(252)}.txt`), true);
      assert.equal(await taken(`${'a'.repeat(253)}.txt`), false);
    });
  }

  it('a name too long for a header is left out of it', async () => {
    const FileName = `${'あ'.repeat(100)}.txt`;
    const { UploadUrlMetadata } = await start({ FileName });
    assert.equal(UploadUrlMetadata.HeadersToInclude['Content-Disposition'], 'attachment');
    assert.equal((await put(UploadUrlMetadata, 'hello')).status, 200);
  });
});

describe('a resource that is not ours', () => {
  it('is an invalid request, or denied', async () => {
    // The backend would not let it pass: this asks the emulator itself.
    const direct = bench.ways['signed, at the emulator'].connect;
    const command = () =>
      new sdk.StartAttachedFileUploadCommand({
        InstanceId: bench.instanceId,
        AssociatedResourceArn: bench.caseArn.replace(bench.accountId, '210987654321'),
        FileName: 'a.txt',
        FileSizeInBytes: 5,
        FileUseCaseType: 'ATTACHMENT',
      });
    assert.ok((await rejection(direct.send(command()))) instanceof sdk.InvalidRequestException);
    await bench.control.set({ foreignResource: 'accessDenied' });
    assert.ok((await rejection(direct.send(command()))) instanceof sdk.AccessDeniedException);
  });
});
