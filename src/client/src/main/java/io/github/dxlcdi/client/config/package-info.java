/**
 * What a user writes down about a fabric: broker lines and the file {@code dxlclient.config}. {@code DxlClientConfig} and
 * {@code Broker} call it. It opens no certificate and no connection.
 *
 * <p>The file is read by clients in Java, Python (ConfigObj) and JavaScript (ini), each with an INI dialect of its own. Here
 * a file that is valid for one of them is read as that one means it, and where two mean different things:
 *
 * <ul>
 *   <li>Comments stand on lines of their own, after {@code #} or {@code ;}. Behind a value {@code #} begins one where no
 *       number sign can be a part of it (numbers, switches, brokers); behind words, such as a password, only between spaces;
 *       behind a path whatever leads to a file that is there. A semicolon behind a value is always a part of it.
 *   <li>Quotes around a whole value or key, {@code "}, {@code '} or three of them, are not a part of it; within, nothing
 *       begins a comment. Quotes elsewhere are. In a broker's line {@code \;} stands for the semicolon alone, as the ini package of
 *       JavaScript writes it; in words a backslash is a backslash.
 *   <li>The first {@code =} ends the key; {@code :} does so in its place only behind a known key, or where no {@code =}
 *       follows.
 *   <li>An indented line goes on with the value above it, unless it has a {@code =}: then it has its own key.
 *   <li>Keys count in any case, sections in theirs. One that stands there twice is refused, because the clients disagree
 *       which of the two counts; so is what stands before the first section.
 *   <li>{@code UseWebSockets}: yes, no, on, off, 1, 0, true, false in any case. Without it, and with a false as in
 *       JavaScript, web sockets are used if there are no other brokers.
 *   <li>A broker's line begins with an id or a port; two numbers in front are an id and the port.
 * </ul>
 *
 * <p>It is written as all of them read it: one {@code key=value} a line, quotes only around values with a comma, which Python
 * would take for a list, braces around an id that begins with a digit (Python and JavaScript would take it for the port), no word for a
 * missing address. A number sign in a password is the one thing that no form carries to all three: written as it is, the
 * client in Python takes it for a comment.
 */
package io.github.dxlcdi.client.config;
