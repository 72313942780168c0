import { httpApi } from '../platform/http.ts';
import { apiRoutes } from './api-routes.ts';
import { apiServices } from './api-services.ts';

export const handler = httpApi(apiRoutes(apiServices()));
