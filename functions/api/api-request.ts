import type { Principal } from '../access/principal.ts';
import type { HttpRequest } from '../platform/http.ts';

/** A request whose bearer is known, and may do what its route needs. */
export type ApiRequest = HttpRequest & { principal: Principal };
