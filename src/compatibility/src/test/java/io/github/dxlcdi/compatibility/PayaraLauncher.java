package io.github.dxlcdi.compatibility;

import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import fish.payara.micro.boot.PayaraMicroBoot;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;

/** Runs in the process of Payara Micro, alone on its class path: starts it, and obeys what is written to its input. */
final class PayaraLauncher {
    static final String DONE = "Command done: ";

    private PayaraLauncher() {}

    public static void main(String... arguments) throws Exception {
        PayaraMicroBoot micro = PayaraMicro.getInstance();
        micro.setHttpPort(Integer.parseInt(arguments[0]));
        micro.setNoCluster(true);
        micro.setNoHazelcast(true);
        PayaraMicroRuntime server = micro.bootStrap();
        int commands = 0;
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in))) {
            System.out.println(DONE + commands + " true");
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                System.out.println(DONE + ++commands + " " + obey(server, line.split(" ")));
            }
        }
    }

    private static boolean obey(PayaraMicroRuntime server, String... command) throws IOException {
        if (command[0].equals("deploy")) {
            // Which says true whatever comes of it.
            server.deploy(command[1], command[1], new File(command[2]));
            return server.getDeployedApplicationNames().contains(command[1]);
        }
        server.undeploy(command[1]);
        return !server.getDeployedApplicationNames().contains(command[1]);
    }
}
