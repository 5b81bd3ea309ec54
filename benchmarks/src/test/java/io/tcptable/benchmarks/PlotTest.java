// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlotTest {

  private static final Plot PLOT =
      new Plot(
          "a < b",
          List.of(
              new Plot.Series(
                  "ours", true, List.of(new Plot.Point(100, 1), new Plot.Point(10_000, 10))),
              new Plot.Series(
                  "theirs", false, List.of(new Plot.Point(100, 10), new Plot.Point(10_000, 10)))));

  private static Document drawn() throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(PLOT.svg().getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> elements(Document svg, String name) {
    NodeList nodes = svg.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @Test
  void drawsEachPointAtItsLogarithm() throws Exception {
    List<Element> points = elements(drawn(), "circle");

    assertThat(points).hasSize(4);
    assertThat(number(points.get(0), "cx")).isEqualTo(number(points.get(2), "cx"));
    assertThat(number(points.get(1), "cy")).isEqualTo(number(points.get(3), "cy"));
    assertThat(number(points.get(0), "cy")).isGreaterThan(number(points.get(1), "cy"));
  }

  @Test
  void namesEachCurveInItsOwnPlace() throws Exception {
    List<Element> names =
        elements(drawn(), "text").stream()
            .filter(text -> text.getAttribute("class").startsWith("name "))
            .toList();

    assertThat(names).extracting(Element::getTextContent).containsExactly("ours", "theirs");
    assertThat(number(names.get(1), "y")).isGreaterThanOrEqualTo(number(names.get(0), "y") + 15);
  }

  @Test
  void labelsTheDecades() throws Exception {
    assertThat(elements(drawn(), "text"))
        .extracting(Element::getTextContent)
        .contains("a < b", "100", "1,000", "10,000", "1 ms", "10 ms");
  }
}
