/**
 * JSON text of TIE payloads to fields and back, and the one exception for what can't be read. The records of
 * {@code io.github.dxlcdi.tie} call it, and the extension for CDI uses {@link io.github.dxlcdi.tie.json.Excerpt} in its
 * messages; applications meet only {@link io.github.dxlcdi.tie.json.MalformedPayloadException}. It knows no record, no
 * topic and no message.
 */
package io.github.dxlcdi.tie.json;
