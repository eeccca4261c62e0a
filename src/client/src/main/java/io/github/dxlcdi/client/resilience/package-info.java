/**
 * What lets the client go on when memory is short. Every package of the client uses it. It knows nothing of
 * connections or messages.
 */
package io.github.dxlcdi.client.resilience;
