package sheet
import ("testing";"fmt";"os")
func TestZZ(t *testing.T){
 es,_:=os.ReadDir("../../../shared/data/torture")
 var names []string
 for _,e:=range es{names=append(names,"torture/"+e.Name())}
 names=append(names,"demo/police_stations_moscow.csv","demo/ovdinfo_events_2011_2013_ru_en.csv","linkage/febrl1.csv","linkage/RLdata500.csv","names/name_bench_visible.csv")
 for _,n:=range names{
  src:=shared(t,n); g,err:=Sniff(src,Options{}); if err!=nil{t.Fatal(err)}
  fmt.Printf("%s %s %.3f %q %s sample %d\n",n,g.Encoding,g.Confidence,g.Separator,g.LineEnd,g.SampleRows)
  for _,c:=range g.Columns{fmt.Printf("   %s|%s %s filled %.2f order %d many %v ex %.60q\n",c.Name,c.Match,c.Kind,c.FilledShare(),c.DateOrder,c.Many,c.Examples)}
  for _,x:=range g.Notes{fmt.Printf("   N %+v\n",x)}
  s,_:=Scan(src,g,1000); k:=map[string]int{}
  for _,x:=range s.Notes{k[x.Key]++; if x.Key==noteRowEntity||x.Key==noteQuoteStray||x.Key==noteRowJoined{fmt.Printf("   N %+v\n",x)}}
  fmt.Println("  ",s.Rows,k)
 }
}
