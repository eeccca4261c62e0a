/**
 * How this module and the extension for CDI log. Every class of theirs that logs takes its logger from here: the
 * client's own is missing where the OpenDXL Java client is used instead. Nothing here knows what is logged.
 */
package io.github.dxlcdi.tie.log;
