import { httpApi } from '../platform/http.ts';
import { editorServices } from './editors-services.ts';
import { editorRoutes } from './routes.ts';

export const handler = httpApi(editorRoutes(editorServices()));
