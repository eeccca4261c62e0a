package io.github.dxlcdi.benchmarks.contender;

import io.github.dxlcdi.benchmarks.measure.Tally;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Does for a server what {@link Receiver} does for a process: the query string is the command. */
@WebServlet("/")
public class CommandServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String command = URLDecoder.decode(request.getQueryString(), StandardCharsets.UTF_8);
        response.getWriter().print(Receiver.answer(command, Tally.OF_THIS_JVM));
    }
}
