import { httpApi } from '../platform/http.ts';
import { refuseWith } from './problem-page.ts';
import { publicServices, site } from './public-services.ts';
import { publicRoutes } from './routes.ts';

/** The readers' face. */
export const handler = httpApi(publicRoutes(publicServices), refuseWith(site));
