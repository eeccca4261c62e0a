/**
 * The example: {@link io.github.dxlcdi.example.DetectionPrinter} is all it takes to get file detections, the rest shows
 * them on a page. Only the server calls it. It never opens a connection, starts a thread or calls an observer.
 */
package io.github.dxlcdi.example;
