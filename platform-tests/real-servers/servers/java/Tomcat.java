// SPDX-License-Identifier: Apache-2.0
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.Context;

class Tomcat {
  public static void main(String[] args) throws Exception {
    var tomcat = new org.apache.catalina.startup.Tomcat();
    tomcat.setBaseDir(".");
    tomcat.setPort(Integer.parseInt(args[0]));
    var connector = tomcat.getConnector();
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxThreads", "4");
    connector.setProperty("minSpareThreads", "4");
    Context context = tomcat.addContext("", null);
    tomcat.addServlet(
        "",
        "all",
        new HttpServlet() {
          @Override
          protected void doGet(HttpServletRequest request, HttpServletResponse response)
              throws IOException {
            if (request.getRequestURI().equals("/hang")) {
              try {
                Thread.sleep(Long.MAX_VALUE);
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
            }
            response.getWriter().print("ok");
          }
        });
    context.addServletMappingDecoded("/*", "all");
    tomcat.start();
    tomcat.getServer().await();
  }
}
