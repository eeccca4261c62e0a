/**
 * What a fabric knows of itself: its brokers, services and subscriptions, as records. Applications ask {@code
 * FabricQueries}, with a client that is connected; it is an addition to the API of the OpenDXL Java client. It never asks by
 * itself, and keeps nothing.
 */
package io.github.dxlcdi.client.query;
