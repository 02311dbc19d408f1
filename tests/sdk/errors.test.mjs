// Every error the models list arrives as the SDK's own class, wherever it comes from.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import * as sdk from '@aws-sdk/client-connect';
import * as casesSdk from '@aws-sdk/client-connectcases';
import { WAYS, open, rejection } from './bench.mjs';

let bench;
before(async () => (bench = await open()));
beforeEach(() => bench.reset());
after(() => bench?.end());

const resource = () => ({ InstanceId: bench.instanceId, AssociatedResourceArn: bench.caseArn });
const wish = (more = {}) => ({
  ...resource(),
  FileName: 'a.txt',
  FileSizeInBytes: 5,
  FileUseCaseType: 'ATTACHMENT',
  ...more,
});
const file = (FileId) => ({ ...resource(), FileId });

/** One call of each operation, whatever it answers. */
const calls = {
  StartAttachedFileUpload: ({ connect }) => connect.send(new sdk.StartAttachedFileUploadCommand(wish())),
  CompleteAttachedFileUpload: ({ connect }) =>
    connect.send(new sdk.CompleteAttachedFileUploadCommand(file('f'))),
  GetAttachedFile: ({ connect }) => connect.send(new sdk.GetAttachedFileCommand(file('f'))),
  BatchGetAttachedFileMetadata: ({ connect }) =>
    connect.send(new sdk.BatchGetAttachedFileMetadataCommand({ ...resource(), FileIds: ['f'] })),
  DeleteAttachedFile: ({ connect }) => connect.send(new sdk.DeleteAttachedFileCommand(file('f'))),
  DescribeAttachedFilesConfiguration: ({ connect }) =>
    connect.send(
      new sdk.DescribeAttachedFilesConfigurationCommand({
        InstanceId: bench.instanceId,
        AttachmentScope: 'CASE',
      }),
    ),
  SearchRelatedItems: ({ cases }) =>
    cases.send(new casesSdk.SearchRelatedItemsCommand({ domainId: bench.domainId, caseId: 'c' })),
};

const common = {
  AccessDeniedException: 403,
  InvalidRequestException: 400,
  InternalServiceException: 500,
  ThrottlingException: 429,
  ResourceNotFoundException: 404,
};
/** What the models list, with its status. */
const modelled = {
  StartAttachedFileUpload: {
    AccessDeniedException: 403,
    InvalidRequestException: 400,
    InternalServiceException: 500,
    ThrottlingException: 429,
    ResourceConflictException: 409,
    ServiceQuotaExceededException: 402,
  },
  CompleteAttachedFileUpload: common,
  GetAttachedFile: common,
  BatchGetAttachedFileMetadata: common,
  DeleteAttachedFile: common,
  DescribeAttachedFilesConfiguration: {
    AccessDeniedException: 403,
    InternalServiceException: 500,
    InvalidParameterException: 400,
    ResourceNotFoundException: 404,
    ThrottlingException: 429,
  },
  SearchRelatedItems: {
    AccessDeniedException: 403,
    InternalServerException: 500,
    ResourceNotFoundException: 404,
    ThrottlingException: 429,
    ValidationException: 400,
  },
};

/** The error class of the package an operation belongs to. */
const classOf = (operation, name) => (operation === 'SearchRelatedItems' ? casesSdk : sdk)[name];

for (const way of WAYS) {
  describe(way, () => {
    for (const [operation, errors] of Object.entries(modelled)) {
      it(`${operation}: each modelled error has its class`, async () => {
        for (const [code, status] of Object.entries(errors)) {
          await bench.control.fault(operation, { kind: 'status', status, code, message: 'on purpose' });
          const error = await rejection(calls[operation](bench.ways[way]));
          assert.ok(error instanceof classOf(operation, code), `${code} came as ${error.name}`);
          assert.equal(error.$metadata.httpStatusCode, status);
          assert.equal(error.message ?? error.Message, 'on purpose', code);
          assert.ok(error.$metadata.requestId, 'a request id for support');
        }
      });
    }

    it('a file Connect does not take says why', async () => {
      const start = async (more) => {
        const command = new sdk.StartAttachedFileUploadCommand(wish(more));
        const error = await rejection(bench.ways[way].connect.send(command));
        assert.ok(error instanceof sdk.InvalidRequestException, error.name);
        return error.Reason;
      };
      const reason = (value) => ({ AttachedFileInvalidRequestExceptionReason: value });
      assert.deepEqual(await start({ FileSizeInBytes: 20_971_521 }), reason('INVALID_FILE_SIZE'));
      assert.deepEqual(await start({ FileSizeInBytes: 0 }), reason('INVALID_FILE_SIZE'));
      assert.deepEqual(await start({ FileName: 'a.exe' }), reason('INVALID_FILE_TYPE'));
      assert.deepEqual(await start({ FileName: 'a' }), reason('INVALID_FILE_TYPE'));
      assert.deepEqual(await start({ FileName: 'a\u200db.txt' }), reason('INVALID_FILE_NAME'));
      assert.deepEqual(await start({ FileName: `${'a'.repeat(253)}.txt` }), reason('INVALID_FILE_NAME'));
      assert.equal(await start({ UrlExpiryInSeconds: 301 }), undefined, 'no reason where there is none');
    });

    it('a full case answers 402 with the quota that is used up', async () => {
      const { connect } = bench.ways[way];
      const start = (more) => connect.send(new sdk.StartAttachedFileUploadCommand(wish(more)));
      await start();
      const refused = async (more) => {
        const error = await rejection(start(more));
        assert.ok(error instanceof sdk.ServiceQuotaExceededException, error.name);
        assert.equal(error.$metadata.httpStatusCode, 402);
        return error.Reason;
      };
      const reason = (value) => ({ AttachedFileServiceQuotaExceededExceptionReason: value });
      await bench.control.set({ maxFilesPerResource: 1 });
      assert.deepEqual(await refused(), reason('TOTAL_FILE_COUNT_EXCEEDED'));
      await bench.control.set({ maxFilesPerResource: null, maxTotalBytes: 8 });
      assert.deepEqual(await refused({ FileSizeInBytes: 4 }), reason('TOTAL_FILE_SIZE_EXCEEDED'));
      await start({ FileSizeInBytes: 3 });
    });

    it('a reason of tomorrow stays readable', async () => {
      await bench.control.fault('StartAttachedFileUpload', {
        kind: 'status',
        status: 400,
        code: 'InvalidRequestException',
        reason: { SomeNewReason: 'NEW' },
      });
      const error = await rejection(calls.StartAttachedFileUpload(bench.ways[way]));
      assert.ok(error instanceof sdk.InvalidRequestException);
      assert.deepEqual(error.Reason, { $unknown: ['SomeNewReason', 'NEW'] });
    });

    it('what is not there is not found', async () => {
      const clients = bench.ways[way];
      for (const operation of ['CompleteAttachedFileUpload', 'GetAttachedFile', 'DeleteAttachedFile']) {
        const error = await rejection(calls[operation](clients));
        assert.ok(error instanceof sdk.ResourceNotFoundException, `${operation}: ${error.name}`);
      }
      const started = await calls.StartAttachedFileUpload(clients);
      const elsewhere = { ...file(started.FileId), AssociatedResourceArn: bench.secondCaseArn };
      const error = await rejection(clients.connect.send(new sdk.GetAttachedFileCommand(elsewhere)));
      assert.ok(error instanceof sdk.ResourceNotFoundException, 'a file belongs to one case');
    });

    it('a bad page token is a validation error of Cases', async () => {
      const command = { domainId: bench.domainId, caseId: 'c', nextToken: 'made up' };
      const search = bench.ways[way].cases.send(new casesSdk.SearchRelatedItemsCommand(command));
      const error = await rejection(search);
      assert.ok(error instanceof casesSdk.ValidationException, error.name);
    });

    it('the sixth call at once is throttled, and the SDK calls that retryable', async () => {
      await bench.control.set({ rateLimited: true, ratePerSecond: 0 });
      const answers = [];
      for (let n = 0; n < 6; n += 1) {
        answers.push(await calls.BatchGetAttachedFileMetadata(bench.ways[way]).catch((error) => error));
      }
      const last = answers.pop();
      assert.ok(answers.every((answer) => answer.Errors), 'a burst of five passes');
      assert.ok(last instanceof sdk.ThrottlingException, last.name);
      assert.equal(last.$metadata.httpStatusCode, 429);
    });

    for (const errorType of ['plain', 'suffixed', 'headerOnly', 'bodyOnly']) {
      it(`the type of an error is found where it is written (${errorType})`, async () => {
        await bench.control.set({ errorType });
        const error = await rejection(calls.GetAttachedFile(bench.ways[way]));
        assert.ok(error instanceof sdk.ResourceNotFoundException, error.name);
      });
    }
  });
}

describe('what AWS does by itself', () => {
  it('the SDK\'s own retry gets over a throttle', async () => {
    const { connect } = bench.pair({ endpoint: bench.connect, credentials: bench.account, maxAttempts: 3 });
    await bench.control.fault('StartAttachedFileUpload', {
      kind: 'status',
      status: 429,
      code: 'ThrottlingException',
    });
    const started = await calls.StartAttachedFileUpload({ connect });
    assert.equal(started.$metadata.attempts, 2);
    assert.equal((await bench.control.calls()).StartAttachedFileUpload, 2);
  });

  it('a wrong key and a wrong secret are told apart', async () => {
    const by = (credentials) => calls.GetAttachedFile(bench.pair({ endpoint: bench.connect, credentials }));
    const key = await rejection(by({ ...bench.account, accessKeyId: 'SOMEBODY' }));
    assert.equal(key.name, 'UnrecognizedClientException');
    const secret = await rejection(by({ ...bench.account, secretAccessKey: 'wrong' }));
    assert.equal(secret.name, 'InvalidSignatureException');
    assert.ok([key, secret].every((error) => error instanceof sdk.ConnectServiceException));
    assert.ok([key, secret].every((error) => error.$metadata.httpStatusCode === 403));
  });

  it('a call without a signature is refused', async () => {
    const signer = { sign: async (request) => request };
    const clients = bench.pair({ endpoint: bench.connect, credentials: bench.account, signer });
    const error = await rejection(calls.GetAttachedFile(clients));
    assert.equal(error.name, 'MissingAuthenticationTokenException');
  });

  it('a signature for another service or Region is refused', async () => {
    const elsewhere = { endpoint: bench.connect, credentials: bench.account, region: 'eu-west-2' };
    const error = await rejection(calls.GetAttachedFile(bench.pair(elsewhere)));
    assert.equal(error.name, 'InvalidSignatureException');
  });

  it('a wrong clock is refused, and the SDK corrects it by the answer\'s date', async () => {
    const clients = (maxAttempts) =>
      bench.pair({
        endpoint: bench.connect,
        credentials: bench.account,
        systemClockOffset: 3_600_000,
        maxAttempts,
      });
    const error = await rejection(calls.StartAttachedFileUpload(clients(1)));
    assert.equal(error.name, 'InvalidSignatureException');
    const started = await calls.StartAttachedFileUpload(clients(3));
    assert.equal(started.$metadata.attempts, 2);
  });

  it('a domain that is not there is not found by Cases', async () => {
    const command = new casesSdk.SearchRelatedItemsCommand({ domainId: 'elsewhere', caseId: 'c' });
    const error = await rejection(bench.ways['signed, at the emulator'].cases.send(command));
    assert.ok(error instanceof casesSdk.ResourceNotFoundException, error.name);
    assert.deepEqual([error.resourceId, error.resourceType], ['elsewhere', 'Domain']);
  });
});

describe('what the backend says by itself', () => {
  const clients = () => bench.ways['unsigned, through the backend'];

  it('a body too large for any call is an invalid request', async () => {
    const FileIds = Array.from({ length: 300 }, () => 'f'.repeat(256));
    const command = new sdk.BatchGetAttachedFileMetadataCommand({ ...resource(), FileIds });
    const error = await rejection(clients().connect.send(command));
    assert.ok(error instanceof sdk.InvalidRequestException, error.name);
    assert.equal(error.$metadata.httpStatusCode, 413);
    assert.ok(error.$metadata.requestId);
    assert.deepEqual(await bench.control.requests(), [], 'nothing went on');
  });

  it('a case of another domain is denied, in the words of the service addressed', async () => {
    const search = new casesSdk.SearchRelatedItemsCommand({ domainId: 'elsewhere', caseId: 'c' });
    const listing = await rejection(clients().cases.send(search));
    assert.ok(listing instanceof casesSdk.AccessDeniedException, listing.name);
    const AssociatedResourceArn = bench.caseArn.replace(bench.domainId, 'elsewhere');
    const start = new sdk.StartAttachedFileUploadCommand(wish({ AssociatedResourceArn }));
    const starting = await rejection(clients().connect.send(start));
    assert.ok(starting instanceof sdk.AccessDeniedException, starting.name);
    assert.deepEqual(await bench.control.requests(), [], 'nothing went on');
  });

  it('an operation that is not one of the seven is not forwarded', async () => {
    const command = new sdk.ListAttachedFilesConfigurationsCommand({ InstanceId: bench.instanceId });
    const error = await rejection(clients().connect.send(command));
    assert.ok(error instanceof sdk.ConnectServiceException);
    assert.equal(error.$metadata.httpStatusCode, 404);
    assert.deepEqual(await bench.control.requests(), []);
  });

  it('no answer from the service is a fault of the service', async () => {
    await bench.control.link(false);
    try {
      const error = await rejection(calls.GetAttachedFile(clients()));
      assert.ok(error.$metadata.httpStatusCode >= 500, String(error));
      assert.ok(error instanceof sdk.InternalServiceException, error.name);
    } finally {
      await bench.control.link(true);
    }
  });
});
