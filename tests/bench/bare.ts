// What the widget is measured against: start, PUT, complete and nothing else, three files at a time.

declare global {
  interface Window {
    sendBare(files: File[], to: Target): Promise<number>;
    sendByWidget(files: File[]): Promise<number>;
  }
}

interface Target {
  endpoint: string;
  instanceId: string;
  resource: string;
}

/** Runs in the page before its scripts. Both give the milliseconds they took. */
export function prepare() {
  const lanes = 3;
  const forbidden = ['content-length', 'host'];

  window.sendBare = async (files, { endpoint, instanceId, resource }) => {
    const base = `${endpoint}/attached-files/${instanceId}`;
    const query = `?associatedResourceArn=${encodeURIComponent(resource)}`;
    const queue = [...files];
    const began = performance.now();
    await Promise.all(Array.from({ length: lanes }, lane));
    return performance.now() - began;

    async function lane() {
      for (let file = queue.shift(); file; file = queue.shift()) await send(file);
    }

    async function send(file: File) {
      const started = await fetch(base + query, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          ClientToken: crypto.randomUUID(),
          FileName: file.name,
          FileSizeInBytes: file.size,
          FileUseCaseType: 'ATTACHMENT',
        }),
      });
      const { FileId, UploadUrlMetadata } = await started.json();
      await put(UploadUrlMetadata.Url, UploadUrlMetadata.HeadersToInclude, file);
      const completed = await fetch(`${base}/${FileId}${query}`, { method: 'POST' });
      if (!completed.ok) throw new Error(`complete: ${completed.status}`);
    }

    function put(url: string, headers: Record<string, string>, file: File) {
      return new Promise<void>((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open('PUT', url);
        for (const [name, value] of Object.entries(headers)) {
          if (!forbidden.includes(name.toLowerCase())) request.setRequestHeader(name, value);
        }
        request.onload = () => (request.status === 200 ? resolve() : reject(new Error(`put: ${request.status}`)));
        request.onerror = () => reject(new Error('put: no answer'));
        request.send(file);
      });
    }
  };

  window.sendByWidget = (files) => {
    const host = document.querySelector('connect-attached-files') as HTMLElement & { addFiles(files: File[]): void };
    let complete = 0;
    return new Promise((resolve, reject) => {
      const began = performance.now();
      const heard = () => {
        complete += 1;
        if (complete < files.length) return;
        host.removeEventListener('upload-complete', heard);
        resolve(performance.now() - began);
      };
      host.addEventListener('upload-complete', heard);
      host.addEventListener('upload-error', () => reject(new Error('the widget gave a file up')), { once: true });
      host.addFiles(files);
    });
  };
}
