/**
 * How the client and the embedded fabric log. Every class of theirs that logs takes its logger from here. Nothing here
 * knows what is logged.
 */
package io.github.dxlcdi.client.log;
