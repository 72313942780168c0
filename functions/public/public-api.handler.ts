import { httpApi } from '../platform/http.ts';
import { refuseWith } from './problem-page.ts';
import { publicRoutes } from './public-routes.ts';
import { publicServices, site } from './public-services.ts';

/** The readers' face. */
export const handler = httpApi(publicRoutes(publicServices), refuseWith(site));
