import { awsMeter } from '../platform/metering/aws-meter.ts';
import { queueHandler } from '../platform/queue-handler.ts';
import { deliver } from './deliver.ts';
import { deliverOrders } from './deliver-orders.ts';
import { deliveryServices } from './deliveries-services.ts';
import { OrderMessage } from './order.ts';

const services = deliveryServices();

export const handler = queueHandler(OrderMessage, (received, { remainingMilliseconds }) =>
  awsMeter.during(() =>
    deliverOrders(
      received,
      { ...services, deliver: (message) => deliver(message, services, remainingMilliseconds) },
      remainingMilliseconds,
    ),
  ),
);
