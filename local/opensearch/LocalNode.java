import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One OpenSearch node on the loopback. Arguments: data folder, HTTP port, transport port. SIGTERM, or the end of its standard input, closes it in order. */
public class LocalNode {
  public static void main(String[] arguments) throws Exception {
    OpenSearchRunner runner = new OpenSearchRunner();
    runner.onBuild((number, settings) -> {
      settings.put("network.host", "127.0.0.1");
      settings.put("http.port", arguments[1]);
      settings.put("transport.port", arguments[2]);
      settings.put("discovery.type", "single-node");
      // A developer's disk is often nearly full, which would make every index read-only.
      settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
      // As on AWS: a misspelt index is refused, not made.
      settings.put("action.auto_create_index", "false");
    });
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      try {
        runner.close();
      } catch (Exception failure) {
        failure.printStackTrace();
      }
    }));
    runner.build(OpenSearchRunner.newConfigs().clusterName("local").numOfNode(1).basePath(arguments[0]).printOnFailure().build());
    // The supervisor holds the other end of the standard input: when it is gone, so is the node.
    while (System.in.read() >= 0) continue;
    System.exit(0);
  }
}
