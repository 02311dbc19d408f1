// Files that are on the case before the page opens, put there by the backend's own routes.
import type { Place } from '../support/programs.mjs';

/** Attaches a file without any widget. What is thrown names the call that failed. */
export async function seed(place: Place, name: string, content: string | Buffer = 'seeded', resource = place.caseArn) {
  const base = `${place.endpoint}/attached-files/${place.instanceId}`;
  const query = `?associatedResourceArn=${encodeURIComponent(resource)}`;
  const started = await answer('start', `${base}${query}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      FileName: name,
      FileSizeInBytes: Buffer.byteLength(content),
      FileUseCaseType: 'ATTACHMENT',
    }),
  });
  const { FileId, UploadUrlMetadata } = JSON.parse(started);
  const { 'Content-Length': _, ...headers } = UploadUrlMetadata.HeadersToInclude;
  await answer('put', UploadUrlMetadata.Url, { method: 'PUT', headers, body: Buffer.from(content) });
  await answer('complete', `${base}/${FileId}${query}`, { method: 'POST' });
  return FileId as string;
}

async function answer(call: string, url: string, init: RequestInit): Promise<string> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${call}: ${answer.status} ${text}`);
  return text;
}
