// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With rules as the tools show them; those of netavark were made by a real Podman. */
class NatRulesTest {

  private static final String NETAVARK =
      """
      *nat
      :PREROUTING ACCEPT [0:0]
      -A PREROUTING -m addrtype --dst-type LOCAL -j NETAVARK-HOSTPORT-DNAT
      -A OUTPUT -m addrtype --dst-type LOCAL -j NETAVARK-HOSTPORT-DNAT
      -A NETAVARK-DN-1D87 -s 10.88.0.0/16 -d 127.0.0.1/32 -p tcp -m tcp --dport 26900 -j NETAVARK-HOSTPORT-SETMARK
      -A NETAVARK-DN-1D87 -d 127.0.0.1/32 -p tcp -m tcp --dport 26901 -j DNAT --to-destination 10.88.0.3:80
      -A NETAVARK-DN-1D87 -d 127.0.0.1/32 -p tcp -m tcp --dport 26900 -j DNAT --to-destination 10.88.0.2:80
      -A NETAVARK-HOSTPORT-DNAT -p tcp -m tcp --dport 26900 -m comment --comment "dnat name: podman id: 6539" -j NETAVARK-DN-1D87
      COMMIT
      """;

  private static final String DOCKER =
      """
      -A DOCKER -i docker0 -j RETURN
      -A DOCKER ! -i docker0 -p udp -m udp --dport 53 -j DNAT --to-destination 172.17.0.3:53
      -A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
      """;

  private static final String KUBE_PROXY =
      """
      -A KUBE-NODEPORTS -p tcp -m comment --comment "shop/web" -m tcp --dport 30080 -j KUBE-EXT-AAAA
      -A KUBE-EXT-AAAA -m comment --comment "masquerade" -j KUBE-MARK-MASQ
      -A KUBE-EXT-AAAA -j KUBE-SVC-AAAA
      -A KUBE-SVC-AAAA -m comment --comment "shop/web -> 10.244.0.5:8080" -m statistic --mode random --probability 0.5 -j KUBE-SEP-BBBB
      -A KUBE-SVC-AAAA -j KUBE-SEP-CCCC
      -A KUBE-SEP-BBBB -s 10.244.0.5/32 -j KUBE-MARK-MASQ
      -A KUBE-SEP-BBBB -p tcp -m tcp -j DNAT --to-destination 10.244.0.5:8080
      -A KUBE-SEP-CCCC -p tcp -m tcp -j DNAT --to-destination 10.244.0.6:8080
      """;

  private static final String CNI =
      """
      -A CNI-HOSTPORT-DNAT -p tcp -m multiport --dports 8080,8443 -j CNI-DN-dddd
      -A CNI-DN-dddd -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.89.0.2:80
      -A CNI-DN-dddd -p tcp -m tcp --dport 8443 -j DNAT --to-destination 10.89.0.2:443
      """;

  private static final String NFT =
      """
      {"nftables": [{"metainfo": {"json_schema_version": 1}},
       {"rule": {"family": "inet", "table": "netavark", "chain": "hostports", "handle": 7, "expr": [
        {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 8080}},
        {"jump": {"target": "dnat_10_88"}}]}},
       {"rule": {"family": "inet", "table": "netavark", "chain": "dnat_10_88", "handle": 8, "expr": [
        {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}},
          "right": {"set": [8080, 9090]}}},
        {"dnat": {"family": "ip", "addr": "10.88.0.4", "port": 80}}]}}]}
      """;

  /** As nft 1.0.6 shows the tables of kube-proxy. */
  private static final String KUBE_PROXY_NFT =
      """
      {"nftables": [
       {"map": {"family": "ip", "name": "service-nodeports", "table": "kube-proxy",
        "type": ["inet_proto", "inet_service"], "handle": 10, "map": "verdict", "elem": [
        [{"elem": {"val": {"concat": ["tcp", 30080]}, "comment": "shop/web:http"}},
         {"goto": {"target": "external-HV4S-shop/web/tcp/http"}}],
        [{"concat": ["udp", 30053]}, {"goto": {"target": "external-HV4S-shop/web/tcp/http"}}]]}},
       {"map": {"family": "ip", "name": "service-ips", "table": "kube-proxy",
        "type": ["ipv4_addr", "inet_proto", "inet_service"], "handle": 11, "map": "verdict", "elem": [
        [{"concat": ["10.96.0.1", "tcp", 443]},
         {"goto": {"target": "service-HV4S-shop/web/tcp/http"}}]]}},
       {"rule": {"family": "ip", "table": "kube-proxy", "chain": "endpoint-A", "handle": 14, "expr": [
        {"match": {"op": "==", "left": {"meta": {"key": "l4proto"}}, "right": "tcp"}},
        {"dnat": {"addr": "10.244.0.5", "port": 8080}}]}},
       {"rule": {"family": "ip", "table": "kube-proxy", "chain": "service-HV4S-shop/web/tcp/http",
        "handle": 18, "expr": [
        {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "daddr"}},
         "right": "10.96.7.7"}},
        {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 80}},
        {"jump": {"target": "mark-for-masquerade"}}]}},
       {"rule": {"family": "ip", "table": "kube-proxy", "chain": "service-HV4S-shop/web/tcp/http",
        "handle": 20, "expr": [
        {"vmap": {"key": {"numgen": {"mode": "random", "mod": 2, "offset": 0}}, "data": {"set": [
         [0, {"goto": {"target": "endpoint-A"}}], [1, {"goto": {"target": "endpoint-B"}}]]}}}]}},
       {"rule": {"family": "ip", "table": "kube-proxy", "chain": "external-HV4S-shop/web/tcp/http",
        "handle": 23, "expr": [{"jump": {"target": "mark-for-masquerade"}}]}},
       {"rule": {"family": "ip", "table": "kube-proxy", "chain": "external-HV4S-shop/web/tcp/http",
        "handle": 24, "expr": [{"goto": {"target": "service-HV4S-shop/web/tcp/http"}}]}},
       {"rule": {"family": "ip", "table": "kube-proxy", "chain": "services", "handle": 25, "expr": [
        {"vmap": {"key": {"concat": [{"payload": {"protocol": "ip", "field": "daddr"}},
         {"meta": {"key": "l4proto"}}, {"payload": {"protocol": "th", "field": "dport"}}]},
         "data": "@service-ips"}}]}},
       {"rule": {"family": "ip", "table": "kube-proxy", "chain": "services", "handle": 26, "expr": [
        {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "daddr"}},
         "right": "@nodeport-ips"}},
        {"vmap": {"key": {"concat": [{"meta": {"key": "l4proto"}},
         {"payload": {"protocol": "th", "field": "dport"}}]}, "data": "@service-nodeports"}}]}}]}
      """;

  private static Optional<String> target(NatRules rules, int port) {
    return rules
        .target(port, InetAddress::isLoopbackAddress)
        .map(to -> to.getAddress().getHostAddress() + ":" + to.getPort());
  }

  @Test
  void thoseOfPodman() {
    NatRules rules = IptablesRules.parse(NETAVARK);
    assertThat(target(rules, 26900)).hasValue("10.88.0.2:80");
    assertThat(target(rules, 80)).isEmpty();
  }

  @Test
  void thoseOfDocker() {
    NatRules rules = IptablesRules.parse(DOCKER);
    assertThat(target(rules, 8080)).hasValue("172.17.0.2:80");
    assertThat(target(rules, 53)).as("of UDP").isEmpty();
  }

  @Test
  void thoseOfKubernetesAreFollowedFromChainToChain() {
    assertThat(target(IptablesRules.parse(KUBE_PROXY), 30080)).hasValue("10.244.0.5:8080");
  }

  @Test
  void severalPortsOfARule() {
    NatRules rules = IptablesRules.parse(CNI);
    assertThat(target(rules, 8443)).hasValue("10.89.0.2:443");
    assertThat(target(rules, 8080)).hasValue("10.89.0.2:80");
  }

  @Test
  void thoseOfNft() {
    NatRules rules = NftRules.parse(NFT);
    assertThat(target(rules, 8080)).hasValue("10.88.0.4:80");
    assertThat(target(rules, 9090)).hasValue("10.88.0.4:80");
    assertThat(target(rules, 80)).isEmpty();
  }

  @Test
  void verdictMapsOfKubernetesAreFollowed() {
    NatRules rules = NftRules.parse(KUBE_PROXY_NFT);
    assertThat(target(rules, 30080)).hasValue("10.244.0.5:8080");
    assertThat(target(rules, 30053)).as("of UDP").isEmpty();
    assertThat(target(rules, 443)).as("of the address of a service only").isEmpty();
    assertThat(rules.target(443, address -> true)).isPresent();
  }

  /** The port of a service in the cluster is not that port of this machine. */
  @Test
  void aRuleForAnotherAddressIsNotForThisMachine() {
    NatRules rules =
        IptablesRules.parse(
            """
            -A KUBE-SERVICES -d 10.96.0.1/32 -p tcp -m comment --comment "default/kubernetes:https" -m tcp --dport 443 -j KUBE-SVC-A
            -A KUBE-SVC-A -p tcp -m tcp -j DNAT --to-destination 192.0.2.9:6443
            -A B ! -d 10.0.0.1/32 -p tcp -m tcp --dport 81 -j DNAT --to-destination 192.0.2.9:81
            """);
    assertThat(target(rules, 443)).isEmpty();
    assertThat(target(rules, 81)).hasValue("192.0.2.9:81");
    assertThat(rules.target(443, address -> true)).isPresent();
  }

  @Test
  void aLoopOfChainsEnds() {
    NatRules rules = IptablesRules.parse("-A A -p tcp --dport 80 -j B\n-A B -j C\n-A C -j B\n");
    assertThat(target(rules, 80)).isEmpty();
  }

  @Test
  void whatIsNoJsonHasNone() {
    assertThat(target(NftRules.parse("Error: no permission"), 80)).isEmpty();
  }
}
