/**
 * One DXL message, to and from bytes: {@link io.github.dxlcdi.client.wire.WireReader} and {@link
 * io.github.dxlcdi.client.wire.WireWriter} around {@link io.github.dxlcdi.client.wire.WireMessage}, and {@link
 * io.github.dxlcdi.client.wire.WireOutline} for those who ask for few of its fields. The message
 * classes of {@code com.opendxl.client.message} and a fabric call it, on any thread. It knows neither topics nor
 * connections, and never believes a length before it has looked how many bytes are left. {@link
 * io.github.dxlcdi.client.wire.ForeignText} shows what others have written.
 */
package io.github.dxlcdi.client.wire;
