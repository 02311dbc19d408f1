// The whole life of a file by the official SDKs: signed at the emulator, and through the backend, which
// signs by itself and so takes calls with no signature and with anybody's.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  BatchGetAttachedFileMetadataCommand,
  CompleteAttachedFileUploadCommand,
  DeleteAttachedFileCommand,
  DescribeAttachedFilesConfigurationCommand,
  GetAttachedFileCommand,
  StartAttachedFileUploadCommand,
} from '@aws-sdk/client-connect';
import { SearchRelatedItemsCommand, paginateSearchRelatedItems } from '@aws-sdk/client-connectcases';
import { WAYS, open, put } from './bench.mjs';

let bench;
before(async () => (bench = await open()));
beforeEach(() => bench.reset());
after(() => bench?.end());

const uploading = (more = {}) =>
  new StartAttachedFileUploadCommand({
    InstanceId: bench.instanceId,
    AssociatedResourceArn: bench.caseArn,
    FileName: 'Grüße 日本 "1".txt',
    FileSizeInBytes: 5,
    FileUseCaseType: 'ATTACHMENT',
    ...more,
  });

const caseOf = (arn) => ({ domainId: bench.domainId, caseId: arn.split('/').at(-1) });

async function upload(connect, more = {}) {
  const name = more.FileName ?? 'a.txt';
  const started = await connect.send(uploading({ FileName: name, ...more }));
  const answer = await put(started.UploadUrlMetadata, 'hello');
  assert.equal(answer.status, 200, await answer.text());
  const file = { InstanceId: bench.instanceId, FileId: started.FileId };
  const resource = { AssociatedResourceArn: more.AssociatedResourceArn ?? bench.caseArn };
  await connect.send(new CompleteAttachedFileUploadCommand({ ...file, ...resource }));
  return started.FileId;
}

for (const way of WAYS) {
  describe(way, () => {
    for (const kind of ['caseArn', 'contactArn']) {
      it(`brings a file to ${kind === 'caseArn' ? 'a case' : 'an email contact'}, back and away`, async () => {
        const { connect } = bench.ways[way];
        const arn = bench[kind];
        const started = await connect.send(uploading({ AssociatedResourceArn: arn }));
        assert.match(started.FileArn, new RegExp(`/file/${started.FileId}$`));
        assert.equal(started.FileStatus, 'PROCESSING');
        assert.ok(!Number.isNaN(Date.parse(started.CreationTime)));
        const { Url, UrlExpiry, HeadersToInclude } = started.UploadUrlMetadata;
        assert.ok(Url.startsWith(bench.s3), 'the bucket has an origin of its own');
        assert.ok(Date.parse(UrlExpiry) > Date.parse(started.CreationTime));
        assert.equal(HeadersToInclude['Content-Length'], '5');

        const sent = await put(started.UploadUrlMetadata, 'hello');
        assert.equal(sent.status, 200, await sent.text());
        const file = { InstanceId: bench.instanceId, FileId: started.FileId, AssociatedResourceArn: arn };
        await connect.send(new CompleteAttachedFileUploadCommand(file));

        const early = await connect.send(new GetAttachedFileCommand(file));
        assert.equal(early.FileStatus, 'PROCESSING');
        assert.equal(early.DownloadUrlMetadata, undefined, 'no URL before the verdict');

        await bench.control.advance(2000);
        const ids = [started.FileId, 'unknown'];
        const batch = await connect.send(
          new BatchGetAttachedFileMetadataCommand({ ...file, FileId: undefined, FileIds: ids }),
        );
        assert.equal(batch.Files.length, 1);
        assert.equal(batch.Files[0].FileName, 'Grüße 日本 "1".txt');
        assert.equal(batch.Files[0].FileSizeInBytes, 5);
        assert.equal(batch.Files[0].FileStatus, 'APPROVED');
        assert.equal(batch.Files[0].AssociatedResourceArn, arn);
        assert.deepEqual(
          batch.Errors.map(({ FileId, ErrorCode }) => [FileId, ErrorCode]),
          [['unknown', 'ResourceNotFoundException']],
        );

        const got = await connect.send(new GetAttachedFileCommand({ ...file, UrlExpiryInSeconds: 30 }));
        assert.equal(got.FileUseCaseType, 'ATTACHMENT');
        const download = await fetch(got.DownloadUrlMetadata.Url);
        assert.equal(await download.text(), 'hello');
        assert.match(download.headers.get('content-disposition'), /^attachment;.*filename\*=UTF-8''Gr%C3%BC/);

        await connect.send(new DeleteAttachedFileCommand(file));
        assert.deepEqual(await bench.control.objects(), []);
        assert.deepEqual(await bench.control.files(), []);
        assert.equal((await fetch(got.DownloadUrlMetadata.Url)).status, 404);
      });
    }

    it('tells the limits of a scope', async () => {
      const { connect } = bench.ways[way];
      await bench.control.set({
        perScope: { EMAIL: { maximumSizeLimitInBytes: 1000, allowedExtensions: ['pdf', 'txt'] } },
      });
      const limits = async (AttachmentScope) => {
        const command = { InstanceId: bench.instanceId, AttachmentScope };
        const answer = await connect.send(new DescribeAttachedFilesConfigurationCommand(command));
        const { MaximumSizeLimitInBytes, ExtensionConfiguration } = answer.AttachedFilesConfiguration;
        const extensions = ExtensionConfiguration.AllowedExtensions.map(({ Extension }) => Extension);
        return [MaximumSizeLimitInBytes, extensions];
      };
      assert.deepEqual(await limits('EMAIL'), [1000, ['pdf', 'txt']]);
      const [size, extensions] = await limits('CASE');
      assert.equal(size, 20_971_520);
      assert.ok(extensions.includes('pdf') && !extensions.includes('exe'));
    });

    it('lists a case in pages', async () => {
      const { connect, cases } = bench.ways[way];
      const ids = [];
      for (let n = 0; n < 27; n += 1) ids.push(await upload(connect, { FileName: `${n}.txt` }));
      await upload(connect, { FileName: 'other.txt', AssociatedResourceArn: bench.secondCaseArn });
      const query = { ...caseOf(bench.caseArn), filters: [{ file: {} }] };
      const pages = [];
      // A copy: the paginator writes its token into what it is given.
      for await (const page of paginateSearchRelatedItems({ client: cases, pageSize: 25 }, { ...query })) {
        pages.push(page.relatedItems);
      }
      assert.deepEqual(pages.map((page) => page.length), [25, 2]);
      const listed = pages.flat().map((item) => item.content.file.fileArn.split('/').at(-1));
      assert.deepEqual(listed, ids);
      const [first] = pages.flat();
      assert.equal(first.type, 'File');
      assert.ok(first.associationTime instanceof Date);

      const one = { ...query, filters: [{ file: { fileArn: pages[0][3].content.file.fileArn } }] };
      const found = await cases.send(new SearchRelatedItemsCommand(one));
      assert.deepEqual(found.relatedItems.map((item) => item.relatedItemId), [pages[0][3].relatedItemId]);
      const none = { ...query, filters: [{ comment: {} }] };
      assert.deepEqual((await cases.send(new SearchRelatedItemsCommand(none))).relatedItems, []);
    });

    it('keeps tags, and a client token stands for one file', async () => {
      const { connect } = bench.ways[way];
      const once = { ClientToken: 'b7e7d1f0-8d3e-4a7b-9a57-0d6f5f0c9f61', Tags: { 'cost:centre': 'Zürich 42' } };
      const first = await connect.send(uploading(once));
      const again = await connect.send(uploading(once));
      assert.equal(again.FileId, first.FileId);
      const file = { InstanceId: bench.instanceId, FileId: first.FileId, AssociatedResourceArn: bench.caseArn };
      const got = await connect.send(new GetAttachedFileCommand(file));
      assert.deepEqual(got.Tags, once.Tags);
      const other = await connect.send(uploading());
      assert.notEqual(other.FileId, first.FileId, 'the SDK makes a token of its own');
    });

    it('serves a download in line when asked', async () => {
      // The SDK of the lock file does not know this member yet, so it goes in by hand.
      const { connect } = bench.ways[way];
      const FileId = await upload(connect);
      await bench.control.advance(2000);
      const command = new GetAttachedFileCommand({
        InstanceId: bench.instanceId,
        FileId,
        AssociatedResourceArn: bench.caseArn,
      });
      command.middlewareStack.add(
        (next) => (args) => {
          args.request.query.urlContentDisposition = 'INLINE';
          return next(args);
        },
        { step: 'build' },
      );
      const got = await connect.send(command);
      const download = await fetch(got.DownloadUrlMetadata.Url);
      assert.match(download.headers.get('content-disposition'), /^inline;/);
    });
  });
}

describe('who made a file', () => {
  const agent = () => `arn:aws:connect:us-east-1:123456789012:instance/${bench.instanceId}/agent/a1`;

  it('is the caller\'s to say at Connect', async () => {
    const { connect } = bench.ways['signed, at the emulator'];
    const started = await connect.send(uploading({ CreatedBy: { ConnectUserArn: agent() } }));
    assert.deepEqual(started.CreatedBy, { ConnectUserArn: agent() });
  });

  it('is the backend\'s to say, never the page\'s', async () => {
    const { connect } = bench.ways['unsigned, through the backend'];
    const started = await connect.send(uploading({ CreatedBy: { ConnectUserArn: agent() } }));
    assert.deepEqual(Object.keys(started.CreatedBy), ['AWSIdentityArn']);
  });
});
