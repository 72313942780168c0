export type Transfer = {
  method: string;
  url: string;
  body: FormData;
  headers?: Record<string, string>;
  /** From 0 to 1; 1 when the last byte has left. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
};

/** A transfer that somebody cancelled. */
export class CalledOff extends Error {
  override readonly name = 'CalledOff';
}

/** Sends a form and tells how far it has come: `fetch` does not say, XMLHttpRequest does. Status 0: no answer came. */
export function transfer({ method, url, body, headers = {}, onProgress, signal }: Transfer): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    request.upload.addEventListener('load', () => onProgress(1));
    request.addEventListener('error', () => resolve({ status: 0, text: '' }));
    request.addEventListener('abort', () => reject(new CalledOff()));
    request.addEventListener('load', () => resolve({ status: request.status, text: request.responseText }));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    if (signal.aborted) reject(new CalledOff());
    else request.send(body);
  });
}
