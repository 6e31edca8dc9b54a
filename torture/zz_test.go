package torture
import ("testing";"context";"runtime/pprof";"os";"time";"github.com/draftt-io/draftt-databricks/connector/demo")
func TestZZ(t *testing.T){
	found,_:=demo.Find("ready"); d,_:=demo.Start(context.Background(),found,demo.Options{}); defer d.Close()
	for range 20 { cycle(t,d) }
	time.Sleep(time.Second)
	pprof.Lookup("goroutine").WriteTo(os.Stdout,1)
	t.Log(settled())
	time.Sleep(65*time.Second)
	t.Log(settled())
}
