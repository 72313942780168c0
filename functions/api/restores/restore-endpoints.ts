import { actorOf } from '../../access/principal.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import { type ReleaseServices, releaseRestore } from '../../restores/release-restore.ts';
import { type Comparison, isHeld, type Restore } from '../../restores/restore.ts';
import type { ApiRequest } from '../api-request.ts';
import { json } from '../json-response.ts';

export type RestoreServices = ReleaseServices;

/** That the table was restored, and what is known of who has gone since. */
export type RestoreAnswer = {
  restore: {
    /** Nobody is mailed until somebody releases it. */
    held: boolean;
    /** As of when the data is. */
    moment: string;
    /** Null until it has been compared; with `missing` above 0 it cannot be released. */
    comparison: Comparison | null;
    releasedAt: string | null;
    releasedBy: Restore['releasedBy'] | null;
  } | null;
};

const restoreAnswer = (restore: Restore | undefined): RestoreAnswer => ({
  restore: restore
    ? {
        held: isHeld(restore),
        moment: restore.moment,
        comparison: restore.comparison ?? null,
        releasedAt: restore.releasedAt ?? null,
        releasedBy: restore.releasedBy ?? null,
      }
    : null,
});

/** `GET /api/v1/restore`: of the last time that the table was restored; null where it never was. */
export async function showRestore(_request: HttpRequest, { restores }: RestoreServices): Promise<HttpResponse> {
  return json(200, restoreAnswer(await restores.find()));
}

/** `POST /api/v1/restore/release`: mails go out again; digests that are open are paused first. */
export async function release({ principal }: ApiRequest, services: RestoreServices): Promise<HttpResponse> {
  return json(200, restoreAnswer(await releaseRestore(actorOf(principal), services)));
}
